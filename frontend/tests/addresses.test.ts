import assert from "node:assert/strict";
import { test } from "node:test";
import { languageOfPath, leadsTo, urlPath, withQuery } from "../src/lib/addresses.ts";

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
  assert.equal(leadsTo(null, "/"), false);
});

test("the language is that of the prefix", () => {
  assert.equal(languageOfPath("/en/news/"), "en");
  assert.equal(languageOfPath("/en"), "en");
  assert.equal(languageOfPath("/energy/"), "vi");
});
