import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addressesIn,
  LANGUAGES,
  languageOfPath,
  leadsTo,
  pollAddress,
  publishedId,
  urlPath,
  withQuery,
} from "../src/lib/addresses.ts";

test("an address has only the parameters that say something", () => {
  assert.equal(
    withQuery("/tim-kiem/", { q: "đất đai", loai: null, sau: "" }),
    "/tim-kiem/?q=%C4%91%E1%BA%A5t+%C4%91ai",
  );
  assert.equal(withQuery("/tin-tuc/", {}), "/tin-tuc/");
});

test("the CMS is asked for the decoded path with a slash at its end", () => {
  assert.equal(urlPath("/tin-tuc"), "/tin-tuc/");
  assert.equal(urlPath("/tin-t%E1%BB%A9c/"), "/tin-tức/");
});

test("a path that is no text leads nowhere", () => {
  assert.equal(urlPath("/%E0%A4%A/"), null);
});

test("a menu item leads to the pages below it, but home only to itself", () => {
  assert.equal(leadsTo("/tin-tuc/", "/tin-tuc/bai-viet/"), true);
  assert.equal(leadsTo("/tin-tuc/", "/tin-tuc-khac/"), false);
  assert.equal(leadsTo("/", "/tin-tuc/"), false);
  assert.equal(leadsTo("/", "/"), true);
  assert.equal(leadsTo("/en/", "/en/news/"), false);
  assert.equal(leadsTo("/en/", "/en/"), true);
  assert.equal(leadsTo(null, "/"), false);
});

test("the language is that of the prefix", () => {
  assert.equal(languageOfPath("/en/news/"), "en");
  assert.equal(languageOfPath("/en"), "en");
  assert.equal(languageOfPath("/energy/"), "vi");
});

test("every page of our own is read in the language of its address", () => {
  for (const language of LANGUAGES) {
    const own = [...Object.values(addressesIn(language)), pollAddress("7", language)];
    assert.deepEqual([...new Set(own.map(languageOfPath))], [language]);
  }
  assert.equal(pollAddress("7", "en"), "/en/polls/7/");
});

test("a draft leads to where what is published of it is found", () => {
  assert.equal(publishedId("draft.12"), "12");
  assert.equal(publishedId("12"), "12");
});
