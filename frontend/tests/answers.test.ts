import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, Answers } from "../src/lib/answers.ts";

const answer = (size: number): Answer => ({ etag: '"a"', data: {}, size, confirmedAt: 0 });

test("what was not used for longest goes first", () => {
  const answers = new Answers(100);
  for (const key of ["one", "two", "three", "four"]) answers.set(key, answer(25));
  answers.get("one");
  answers.set("five", answer(25));
  assert.deepEqual(
    ["one", "two", "three", "four", "five"].map((key) => Boolean(answers.get(key))),
    [true, false, true, true, true],
  );
  assert.equal(answers.size, 100);
});

test("an answer that takes the place of another counts once", () => {
  const answers = new Answers(100);
  answers.set("one", answer(20));
  answers.set("one", answer(10));
  assert.equal(answers.size, 10);
});

test("an answer that would push out most others is not kept", () => {
  const answers = new Answers(100);
  answers.set("one", answer(20));
  answers.set("one", answer(26));
  assert.equal(answers.get("one"), undefined);
  assert.equal(answers.size, 0);
});
