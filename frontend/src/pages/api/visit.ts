/** Counts a page view for the CMS, as the reader who sends it. */

import type { APIRoute } from "astro";
import { recordVisit } from "../../lib/visits.ts";

export const POST: APIRoute = async (context) => {
  const { path, referrer } = await context.request.json().catch(() => ({}));
  if (typeof path !== "string") return new Response(null, { status: 400 });
  const figures = await recordVisit(context, path, typeof referrer === "string" ? referrer : null);
  return figures
    ? Response.json(figures, { headers: { "cache-control": "no-store" } })
    : new Response(null, { status: 400 });
};
