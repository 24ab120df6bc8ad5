/** Counts a page view of a browser without JavaScript: it fetches this picture of one clear pixel. */

import type { APIRoute } from "astro";
import { recordVisit } from "../../lib/visits.ts";

const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

export const GET: APIRoute = async (context) => {
  const path = context.url.searchParams.get("path");
  if (path && context.request.headers.get("sec-fetch-site") !== "cross-site") {
    await recordVisit(context, path, context.request.headers.get("referer"));
  }
  return new Response(PIXEL, { headers: { "content-type": "image/gif", "cache-control": "no-store" } });
};
