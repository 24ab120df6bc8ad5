// What goes over the wire: method, whether the document is in it, whether its hash is, and the answer's status.
export const sent = [];
const { fetch } = globalThis;

globalThis.fetch = async (address, options = {}) => {
  const { searchParams } = new URL(address);
  const body = options.body ? JSON.parse(options.body) : Object.fromEntries(searchParams);
  const response = await fetch(address, options);
  const text = JSON.stringify(body);
  sent.push({
    method: options.method ?? "GET",
    document: Boolean(body.query),
    hash: text.includes("sha256Hash"),
    status: response.status,
  });
  return response;
};
