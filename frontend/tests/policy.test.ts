import assert from "node:assert/strict";
import { test } from "node:test";

process.env["CMS_URL"] = "http://cms.internal:8000";
process.env["CMS_PUBLIC_URL"] = "https://cms.example.vn/";
process.env["MEDIA_ORIGINS"] = "https://media.example.vn/files";
const { policy } = await import("../src/lib/policy.ts");

const directives = (text: string) =>
  new Map(text.split("; ").map((directive) => [directive.split(" ")[0], directive.split(" ").slice(1)]));

test("a page runs scripts and takes styles of our own files alone, and nobody frames it", () => {
  const found = directives(policy({ pictures: new Set(), preview: false }));
  assert.deepEqual(found.get("script-src"), ["'self'"]);
  assert.deepEqual(found.get("style-src"), ["'self'"]);
  assert.deepEqual(found.get("frame-ancestors"), ["'none'"]);
  assert.deepEqual(found.get("default-src"), ["'none'"]);
});

test("pictures come from the CMS as browsers reach it, its bucket, and the tiles that a map names", () => {
  const found = directives(policy({ pictures: new Set(["https://tiles.example.vn"]), preview: false }));
  assert.deepEqual(found.get("img-src"), [
    "'self'",
    "data:",
    "https://cms.example.vn",
    "https://media.example.vn",
    "https://tiles.example.vn",
  ]);
});

test("the CMS alone may frame a preview, and bring its userbar along", () => {
  const found = directives(policy({ pictures: new Set(), preview: true }));
  assert.deepEqual(found.get("frame-ancestors"), ["'self'", "https://cms.example.vn"]);
  assert.deepEqual(found.get("script-src"), ["'self'", "https://cms.example.vn"]);
  assert.deepEqual(found.get("connect-src"), ["'self'", "https://cms.example.vn"]);
});
