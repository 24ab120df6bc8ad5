import assert from "node:assert/strict";
import { test } from "node:test";
import { escaped } from "../src/lib/xml.ts";

test("no text ends its element, and what XML cannot hold is left out", () => {
  assert.equal(escaped('<a b="c"> & d\u0000\u000b'), "&lt;a b=&quot;c&quot;&gt; &amp; d");
});
