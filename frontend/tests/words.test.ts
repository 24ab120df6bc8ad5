import assert from "node:assert/strict";
import { test } from "node:test";
import { wording as pollWording } from "../src/components/Poll/wording.ts";
import { wording as mapWording } from "../src/components/ZoneMap/wording.ts";
import { languageOf, words } from "../src/lib/words.ts";

/** All texts below an object, by where they stand; functions are called with the same values. */
function texts(node: unknown, place = ""): [string, string][] {
  if (typeof node === "function") return [[place, String(node("2", "3"))]];
  if (typeof node === "string") return [[place, node]];
  return Object.entries(node as object).flatMap(([name, below]) => texts(below, `${place}.${name}`));
}

for (const [name, inLanguage] of Object.entries({ words, pollWording, mapWording })) {
  test(`${name}: every text is in both languages`, () => {
    const vietnamese = texts(inLanguage("vi"));
    const english = texts(inLanguage("en"));
    assert.deepEqual(
      english.map(([place]) => place),
      vietnamese.map(([place]) => place),
    );
    const left = english.filter(([, text], number) => !text || text === vietnamese[number]?.[1]);
    assert.deepEqual(left, []);
    assert.deepEqual(
      english.filter(([, text]) => /[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵ]/i.test(text)),
      [],
    );
  });
}

test("one article is not one articles", () => {
  assert.equal(words("en").articlesFound("1"), "1 article");
  assert.equal(words("en").resultsFor("1", "land"), "1 result for “land”");
  assert.equal(pollWording("en").votes("1"), "1 vote");
});

test("the language of a page is that of its locale, the first one where there is none", () => {
  assert.deepEqual(
    [languageOf("en"), languageOf("en-gb"), languageOf("vi"), languageOf(null)],
    ["en", "en", "vi", "vi"],
  );
});
