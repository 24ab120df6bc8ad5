import { NextResponse } from "next/server";
import { CMS_PUBLIC_URL } from "./lib/cms.js";

export const config = { matcher: "/preview/" };

/** Previews are in no cache and no search engine, and framed by the admin alone; their address holds a token. */
export function proxy() {
  const response = NextResponse.next();
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("X-Robots-Tag", "noindex");
  response.headers.set("Referrer-Policy", "no-referrer");
  response.headers.set("Content-Security-Policy", `frame-ancestors 'self' ${new URL(CMS_PUBLIC_URL).origin}`);
  return response;
}
