/** Who asks, as far as it can be believed, and what the CMS is told of it. */

import { TRUSTED_PROXY_HOPS } from "./settings.ts";

/** The part of Astro's context that is about the request. */
export interface Asked {
  request: Request;
  /** Of the connection. */
  clientAddress: string;
}

/**
 * The reader's address: the connection's, or what the trusted proxies before us say. Of X-Forwarded-For only the last
 * entries are theirs; what stands left of them anybody may write.
 */
export function addressOf({ request, clientAddress }: Asked, hops = TRUSTED_PROXY_HOPS): string {
  const forwarded = (request.headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  return (hops > 0 && forwarded.at(-hops)) || clientAddress;
}

/** Whether the reader's browser speaks TLS with us, or with a trusted proxy before us. */
export function isSecure({ request }: Asked, hops = TRUSTED_PROXY_HOPS): boolean {
  const said = request.headers.get("x-forwarded-proto");
  return hops > 0 && said ? said === "https" : new URL(request.url).protocol === "https:";
}

/** Headers that tell the CMS for whom it is asked; to it, this server is a proxy (its TRUSTED_PROXY_HOPS is 1). */
export function headersFor(asked: Asked, language = "vi"): Record<string, string> {
  return {
    "accept-language": language,
    "user-agent": asked.request.headers.get("user-agent") ?? "",
    "x-forwarded-for": addressOf(asked),
    "x-forwarded-proto": isSecure(asked) ? "https" : "http",
  };
}
