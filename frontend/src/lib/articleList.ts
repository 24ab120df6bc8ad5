/** The list of articles by what its address asks for: filters, words, and the place in the list. */

import type { PortalArticlesQueryVariables } from "../generated/graphql.ts";
import { withQuery } from "./addresses.ts";
import type { Language } from "./graphql.ts";

const ROWS = 12;

/** What stands in the address; each is empty where it is not asked for. */
export interface Asked {
  words: string;
  category: string;
  campaign: string;
  tag: string;
  year: string;
  after: string;
  before: string;
  /** Which page of the list it is, as its links count them. */
  page: string;
}

const NAMES: Record<keyof Asked, string> = {
  words: "tu-khoa",
  category: "chuyen-muc",
  campaign: "phong-trao",
  tag: "the",
  year: "nam",
  after: "sau",
  before: "truoc",
  page: "trang",
};

export function readAsked(query: URLSearchParams): Asked {
  const value = (name: keyof Asked) => (query.get(NAMES[name]) ?? "").trim().slice(0, 200);
  return {
    words: value("words"),
    category: value("category"),
    campaign: value("campaign"),
    tag: value("tag"),
    year: /^\d{4}$/.test(value("year")) ? value("year") : "",
    after: value("after"),
    before: value("before"),
    page: /^[1-9]\d{0,5}$/.test(value("page")) ? value("page") : "",
  };
}

/** Whether the list is filtered at all. */
export function isFiltered({ words, category, campaign, tag, year }: Asked): boolean {
  return Boolean(words || category || campaign || tag || year);
}

/** The address of the list with other values; without `after` and `before` from its beginning. */
export function addressOf(path: string, asked: Asked, changes: Partial<Asked>): string {
  const next = { ...asked, after: "", before: "", page: "", ...changes };
  return withQuery(
    path,
    Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [name, next[key as keyof Asked]])),
  );
}

/** Which page this is and how many there are; null where the list is shorter now than its link says. */
export function placeOf(asked: Asked, totalCount: number): { page: number; pages: number } | null {
  const pages = Math.ceil(totalCount / ROWS);
  const page = asked.after || asked.before ? Number(asked.page) : 1;
  return page >= 1 && page <= pages ? { page, pages } : null;
}

/** The variables of the operation PortalArticles. */
export function variablesOf(asked: Asked, locale: Language): PortalArticlesQueryVariables {
  const place = asked.before
    ? { last: ROWS, before: asked.before }
    : { first: ROWS, after: asked.after || null };
  return {
    ...place,
    locale,
    search: asked.words || null,
    filter: {
      category: asked.category || null,
      campaign: asked.campaign || null,
      tag: asked.tag || null,
      publishedFrom: asked.year ? `${asked.year}-01-01` : null,
      publishedTo: asked.year ? `${asked.year}-12-31` : null,
    },
  };
}

/** The names of the form's fields. */
export const FIELDS = NAMES;
