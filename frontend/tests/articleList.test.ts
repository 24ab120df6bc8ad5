import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, isFiltered, placeOf, readAsked, variablesOf } from "../src/lib/articleList.ts";

const asked = (query: string) => readAsked(new URLSearchParams(query));

test("a year is a period of days", () => {
  const { filter } = variablesOf(asked("nam=2022&chuyen-muc=xuc-tien"), "vi");
  assert.deepEqual(filter, {
    category: "xuc-tien",
    campaign: null,
    tag: null,
    publishedFrom: "2022-01-01",
    publishedTo: "2022-12-31",
  });
});

test("what is no year is not asked for", () => {
  assert.equal(asked("nam=2022'").year, "");
});

test("pages are read forwards after a cursor and backwards before one", () => {
  assert.deepEqual(
    [variablesOf(asked("sau=b"), "vi"), variablesOf(asked("truoc=a"), "vi")].map(
      ({ first, after, last, before }) => [first, after, last, before],
    ),
    [
      [12, "b", undefined, undefined],
      [undefined, undefined, 12, "a"],
    ],
  );
});

test("the next page keeps the filters; other filters begin at the first page", () => {
  const list = asked("tu-khoa=đất&nam=2024&sau=b");
  assert.equal(
    addressOf("/tin-tuc/", list, { after: "c" }),
    "/tin-tuc/?tu-khoa=%C4%91%E1%BA%A5t&nam=2024&sau=c",
  );
  assert.equal(addressOf("/tin-tuc/", list, { year: "" }), "/tin-tuc/?tu-khoa=%C4%91%E1%BA%A5t");
});

test("a list has the articles of the page's language alone", () => {
  assert.equal(variablesOf(asked(""), "en").locale, "en");
});

test("a place in the list is no filter", () => {
  assert.equal(isFiltered(asked("sau=b")), false);
  assert.equal(isFiltered(asked("phong-trao=2")), true);
});

test("links count the pages of a list; one that is past its end says nothing", () => {
  assert.deepEqual(placeOf(asked(""), 25), { page: 1, pages: 3 });
  assert.deepEqual(placeOf(asked("sau=b&trang=3"), 25), { page: 3, pages: 3 });
  assert.equal(placeOf(asked("sau=b&trang=4"), 25), null);
  assert.equal(placeOf(asked("sau=b"), 25), null);
  assert.equal(asked("sau=b&trang=-1").page, "");
});

test("a tag is a filter that the next page keeps", () => {
  const list = asked("the=việc+làm&sau=b&trang=2");
  assert.equal(isFiltered(list), true);
  assert.equal(variablesOf(list, "vi").filter?.tag, "việc làm");
  assert.equal(
    addressOf("/tin-tuc/", list, { after: "c", page: "3" }),
    "/tin-tuc/?the=vi%E1%BB%87c+l%C3%A0m&sau=c&trang=3",
  );
});
