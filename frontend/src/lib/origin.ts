/**
 * Whether a request that changes something comes from a page of ours. Browsers say so in Sec-Fetch-Site; older ones
 * name the page's origin, of which the host must be the one that they ask.
 */
export function isFromOurPages({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site) return site === "same-origin";
  const origin = headers.get("origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === headers.get("host");
}
