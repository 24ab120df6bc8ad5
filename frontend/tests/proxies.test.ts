import assert from "node:assert/strict";
import { test } from "node:test";
import { isFromOurPages } from "../src/lib/origin.ts";
import { addressOf, headersFor, isSecure } from "../src/lib/proxies.ts";

function asked(headers: Record<string, string>) {
  return { request: new Request("http://portal.example.vn/", { headers }), clientAddress: "192.0.2.1" };
}

test("without proxies nothing that a reader writes is believed", () => {
  const reader = asked({ "x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "https" });
  assert.equal(addressOf(reader, 0), "192.0.2.1");
  assert.equal(isSecure(reader, 0), false);
});

test("of what is forwarded only the proxies' own entries are believed", () => {
  const reader = asked({
    "x-forwarded-for": "203.0.113.9, 198.51.100.7, 198.51.100.8",
    "x-forwarded-proto": "https",
  });
  assert.equal(addressOf(reader, 1), "198.51.100.8");
  assert.equal(addressOf(reader, 2), "198.51.100.7");
  assert.equal(isSecure(reader, 1), true);
});

test("where the proxies said nothing the connection's address stands", () => {
  assert.equal(addressOf(asked({}), 2), "192.0.2.1");
});

test("the CMS is told one address and the reader's browser", () => {
  assert.deepEqual(headersFor(asked({ "user-agent": "Firefox" }), "en"), {
    "accept-language": "en",
    "user-agent": "Firefox",
    "x-forwarded-for": "192.0.2.1",
    "x-forwarded-proto": "http",
  });
});

const requests: [Record<string, string>, boolean][] = [
  [{ "sec-fetch-site": "same-origin" }, true],
  [{ "sec-fetch-site": "same-site" }, false],
  [{ "sec-fetch-site": "cross-site", origin: "https://portal.example.vn" }, false],
  [{ "sec-fetch-site": "none" }, false],
  [{ origin: "https://portal.example.vn", host: "portal.example.vn" }, true],
  [{ origin: "https://evil.example", host: "portal.example.vn" }, false],
  [{ origin: "null", host: "portal.example.vn" }, false],
  [{ host: "portal.example.vn" }, false],
];
for (const [headers, expected] of requests) {
  test(`a request with ${JSON.stringify(headers)} is ${expected ? "" : "not "}from our pages`, () => {
    assert.equal(isFromOurPages({ headers: new Headers(headers) } as Request), expected);
  });
}
