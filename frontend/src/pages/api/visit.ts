/** Counts a page view for the CMS, as the reader who sends it. */

import type { APIRoute } from "astro";
import { isFromOurPages } from "../../lib/origin.ts";
import { recordVisit } from "../../lib/visits.ts";

export const POST: APIRoute = async (context) => {
  if (!isFromOurPages(context.request)) return new Response(null, { status: 403 });
  const { path, referrer } = (await context.request.json().catch(() => null)) ?? {};
  if (typeof path !== "string") return new Response(null, { status: 400 });
  const figures = await recordVisit(context, path, typeof referrer === "string" ? referrer : null);
  return figures
    ? Response.json(figures, { headers: { "cache-control": "no-store" } })
    : new Response(null, { status: 400 });
};
