import assert from "node:assert/strict";
import { test } from "node:test";
import { day, moment, year } from "../src/lib/dates.ts";

test("a date is written day first", () => {
  assert.equal(day("2022-11-11"), "11/11/2022");
});

test("a moment has the day that it is in Viet Nam", () => {
  assert.equal(day("2022-11-10T16:59:59+00:00"), "10/11/2022");
  assert.equal(day("2022-11-10T17:00:00+00:00"), "11/11/2022");
  assert.equal(moment("2022-11-10T17:05:00Z"), "11/11/2022 00:05");
});

test("the year changes at midnight in Viet Nam", () => {
  assert.equal(year("2025-12-31T16:59:59Z"), 2025);
  assert.equal(year("2025-12-31T17:00:00Z"), 2026);
});
