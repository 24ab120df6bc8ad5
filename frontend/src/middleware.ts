import { createHash } from "node:crypto";
import type { APIContext } from "astro";
import { defineMiddleware } from "astro:middleware";
import { Unavailable } from "./lib/graphql.ts";
import { policy } from "./lib/policy.ts";

const HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

export const onRequest = defineMiddleware(async (context, next) => {
  context.locals.allowed = { pictures: new Set(), preview: false };
  try {
    return await complete(context, await next());
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.error(`${context.url.pathname}: ${error.message}`);
    return context.rewrite("/gian-doan");
  }
});

/** The response with its headers. */
async function complete(context: APIContext, response: Response): Promise<Response> {
  const { headers } = response;
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  if (!headers.get("content-type")?.startsWith("text/html")) return response;

  // Components say while they render what they need; so the policy is written when the page is complete.
  const page = await response.text();
  if (import.meta.env.PROD) headers.set("content-security-policy", policy(context.locals.allowed));
  if (context.locals.allowed.preview) {
    headers.set("cache-control", "no-store");
    headers.set("x-robots-tag", "noindex, nofollow");
    headers.set("referrer-policy", "no-referrer");
    return new Response(page, response);
  }
  headers.set("cross-origin-opener-policy", "same-origin");
  if (!headers.has("cache-control")) headers.set("cache-control", "private, no-cache");
  if (response.status !== 200) return new Response(page, response);
  const etag = `"${createHash("sha256").update(page).digest("base64url").slice(0, 22)}"`;
  headers.set("etag", etag);
  if (context.request.headers.get("if-none-match") === etag) {
    headers.delete("content-type");
    return new Response(null, { status: 304, headers });
  }
  return new Response(page, response);
}
