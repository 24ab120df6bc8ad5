import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, beforeEach, test } from "node:test";
import type { TypedDocumentString } from "../src/generated/graphql.ts";

/** Stands where the CMS stands: says what `answer` says, and remembers what it was asked. */
let answer: (request: IncomingMessage, body: string) => { status?: number; etag?: string; body?: unknown };
let asked: { method: string; query: URLSearchParams; headers: IncomingMessage["headers"]; body: string }[] =
  [];

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const part of request) body += part;
  const query = new URL(request.url ?? "", "http://cms").searchParams;
  asked.push({ method: request.method ?? "", query, headers: request.headers, body });
  const { status = 200, etag, body: text } = answer(request, body);
  const isCurrent = etag !== undefined && request.headers["if-none-match"] === etag;
  if (etag) response.setHeader("etag", etag);
  response.writeHead(isCurrent ? 304 : status).end(isCurrent ? undefined : JSON.stringify(text));
}

const server = createServer((request, response) => void respond(request, response)).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
process.env["CMS_URL"] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const { Refused, request, send, Unavailable } = await import("../src/lib/graphql.ts");

let number = 0;

/** A document of its own for each test: answers are kept for the life of the process. */
function document(): TypedDocumentString<{ title: string }, Record<string, unknown>> {
  number += 1;
  const text = `query Title${number} { title }`;
  const made = Object.assign(new String(text), { toString: () => text, __meta__: { hash: `id-${number}` } });
  return made as unknown as TypedDocumentString<{ title: string }, Record<string, unknown>>;
}

beforeEach(() => {
  asked = [];
});
after(() => server.close());

test("a query goes by GET with its id and variables, in the language of the page", async () => {
  answer = () => ({ etag: '"1"', body: { data: { title: "A" } } });
  const query = document();
  assert.deepEqual(await request(query, { urlPath: "/" }, { language: "en" }), { title: "A" });
  const [first] = asked;
  assert.equal(first?.method, "GET");
  assert.equal(first?.query.get("documentId"), `id-${number}`);
  assert.equal(first?.query.get("variables"), '{"urlPath":"/"}');
  assert.equal(first?.query.get("query"), null);
  assert.equal(first?.headers["accept-language"], "en");
});

test("what has not changed is asked for by its ETag and not sent again", async () => {
  answer = () => ({ etag: '"1"', body: { data: { title: "A" } } });
  const query = document();
  const first = await request(query, {});
  assert.equal(await request(query, {}), first);
  assert.deepEqual(
    asked.map(({ headers }) => headers["if-none-match"]),
    [undefined, '"1"'],
  );
});

test("a broken block costs itself alone", async () => {
  const errors = [{ message: "broken", extensions: { code: "BROKEN_CONTENT", id: "1.body.a" } }];
  answer = () => ({ body: { data: { title: null }, errors } });
  assert.deepEqual(await request(document(), {}), { title: null });
  answer = () => ({ body: { data: { title: null }, errors: [...errors, { message: "ours" }] } });
  await assert.rejects(request(document(), {}), Refused);
});

test("a publish shows with the next request", async () => {
  const query = document();
  answer = () => ({ etag: '"1"', body: { data: { title: "before" } } });
  await request(query, {});
  answer = () => ({ etag: '"2"', body: { data: { title: "after" } } });
  assert.deepEqual(await request(query, {}), { title: "after" });
});

test("other variables and other languages are other answers", async () => {
  const query = document();
  answer = ({ headers }) => ({ etag: '"1"', body: { data: { title: headers["accept-language"] } } });
  assert.deepEqual(await request(query, { id: 1 }), { title: "vi" });
  assert.deepEqual(await request(query, { id: 1 }, { language: "en" }), { title: "en" });
  assert.deepEqual(await request(query, { id: 2 }), { title: "vi" });
  assert.deepEqual(
    asked.map(({ headers }) => headers["if-none-match"]),
    [undefined, undefined, undefined],
  );
});

test("the same query for two readers at once is asked once", async () => {
  answer = () => ({ etag: '"1"', body: { data: { title: "A" } } });
  const query = document();
  await Promise.all([request(query, {}), request(query, {})]);
  assert.equal(asked.length, 1);
});

test("a CMS that does not know an operation's id gets its document", async () => {
  const unknown = { errors: [{ message: "?", extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }] };
  answer = ({ method }) =>
    method === "GET" ? { status: 400, body: unknown } : { body: { data: { title: "A" } } };
  assert.deepEqual(await request(document(), {}), { title: "A" });
  assert.deepEqual(JSON.parse(asked[1]?.body ?? ""), {
    query: `query Title${number} { title }`,
    variables: {},
    operationName: `Title${number}`,
  });
});

test("an error of the CMS has its code, and is not kept", async () => {
  const query = document();
  answer = () => ({ body: { data: null, errors: [{ message: "no", extensions: { code: "BAD_CURSOR" } }] } });
  await assert.rejects(
    request(query, {}),
    (error) => error instanceof Refused && error.code === "BAD_CURSOR",
  );
  answer = () => ({ etag: '"1"', body: { data: { title: "A" } } });
  assert.deepEqual(await request(query, {}), { title: "A" });
});

test("a kept answer stands in for a CMS that fails; without one the page says so", async () => {
  const query = document();
  answer = () => ({ etag: '"1"', body: { data: { title: "A" } } });
  await request(query, {});
  answer = () => ({ status: 503, body: "down" });
  assert.deepEqual(await request(query, {}), { title: "A" });
  await assert.rejects(request(document(), {}), Unavailable);
});

test("what is sent for a reader carries their headers and is never kept", async () => {
  answer = () => ({ etag: '"1"', body: { data: { title: "A" } } });
  const mutation = document();
  const { data, headers } = await send(mutation, { id: 1 }, { "x-forwarded-for": "192.0.2.7" });
  await send(mutation, { id: 1 });
  assert.deepEqual(data, { title: "A" });
  assert.equal(headers.get("etag"), '"1"');
  assert.equal(asked[0]?.headers["x-forwarded-for"], "192.0.2.7");
  assert.deepEqual(
    asked.map(({ method, headers }) => [method, headers["if-none-match"]]),
    [
      ["POST", undefined],
      ["POST", undefined],
    ],
  );
});

test("what is sent for a reader goes by its id, and by its document where the CMS does not know it", async () => {
  const unknown = { errors: [{ message: "?", extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }] };
  answer = (_request, body) =>
    "documentId" in JSON.parse(body) ? { body: unknown } : { body: { data: { title: "A" } } };
  const { data } = await send(document(), { id: 1 });
  assert.deepEqual(data, { title: "A" });
  const operation = { variables: { id: 1 }, operationName: `Title${number}` };
  assert.deepEqual(
    asked.map(({ body }) => JSON.parse(body)),
    [
      { documentId: `id-${number}`, ...operation },
      { query: `query Title${number} { title }`, ...operation },
    ],
  );
});
