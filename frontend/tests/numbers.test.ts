import assert from "node:assert/strict";
import { test } from "node:test";
import { fileSize, number, quantity } from "../src/lib/numbers.ts";

test("numbers are written as each language writes them", () => {
  assert.equal(number(2111.456, "vi"), "2.111,46");
  assert.equal(number(2111.456, "en"), "2,111.46");
});

test("a unit stays on the line of its number", () => {
  assert.equal(quantity(335.5, "ha", "vi"), "335,5\u00a0ha");
  assert.equal(quantity(1200, "houses", "en"), "1,200\u00a0houses");
});

test("sizes of files are told in the unit that fits", () => {
  assert.equal(fileSize(12, "vi"), "1 KB");
  assert.equal(fileSize(240 * 1024, "vi"), "240 KB");
  assert.equal(fileSize(1.25 * 1024 * 1024, "vi"), "1,3 MB");
  assert.equal(fileSize(1000 * 1024, "en"), "1 MB");
});
