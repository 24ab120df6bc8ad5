/** What the CMS should know of a reader for whom this server sends something. */

interface Visit {
  request: Request;
  clientAddress: string;
}

const PASSED_ON = ["user-agent", "cookie", "accept-language"];

/** The reader's own headers, and their address behind those of proxies that passed the request on. */
export function readerHeaders({ request, clientAddress }: Visit): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = request.headers.get(name);
    if (value) headers[name] = value;
  }
  const before = request.headers.get("x-forwarded-for");
  headers["x-forwarded-for"] = before ? `${before}, ${clientAddress}` : clientAddress;
  return headers;
}
