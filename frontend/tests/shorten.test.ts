import assert from "node:assert/strict";
import { test } from "node:test";
import { shorten } from "../src/lib/shorten.ts";

test("a text that fits is left as it is", () => {
  assert.equal(shorten("Hai khu công nghiệp.", 20), "Hai khu công nghiệp.");
});

test("a longer one ends with a whole word, and no mark before the dots", () => {
  assert.equal(shorten("Hai khu công nghiệp còn đất", 19), "Hai khu công nghiệp…");
  assert.equal(shorten("Hai khu công nghiệp còn đất", 22), "Hai khu công nghiệp…");
  assert.equal(shorten("Hai khu, công nghiệp", 9), "Hai khu…");
  assert.equal(shorten("Hai khu – công nghiệp", 11), "Hai khu…");
});
