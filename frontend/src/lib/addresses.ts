/** Addresses of the portal's own pages that are no pages of the CMS, and how addresses are built. */

import type { Language } from "./graphql.ts";

/** Where those pages stand in each language: `astro.config.ts` serves the same files under all of them. */
const ADDRESSES = {
  vi: {
    home: "/",
    search: "/tim-kiem/",
    polls: "/tham-do-y-kien/",
    siteMap: "/so-do-trang/",
    accessibility: "/kha-nang-tiep-can/",
    feed: "/rss.xml",
  },
  en: {
    home: "/en/",
    search: "/en/search/",
    polls: "/en/polls/",
    siteMap: "/en/site-map/",
    accessibility: "/en/accessibility/",
    feed: "/en/rss.xml",
  },
} as const satisfies Record<Language, Record<string, string>>;

export const LANGUAGES = Object.keys(ADDRESSES) as Language[];

type OwnPage = keyof (typeof ADDRESSES)["vi"];

export function addressesIn(language: Language): Record<OwnPage, string> {
  return ADDRESSES[language];
}

/** The id under which readers find an object, of which this may be a draft. */
export function publishedId(id: string): string {
  return id.replace(/^draft\./, "");
}

/** The address of a poll. */
export function pollAddress(id: string, language: Language): string {
  return `${ADDRESSES[language].polls}${id}/`;
}

/** The path with those of the parameters that have a value. */
export function withQuery(
  path: string,
  parameters: Record<string, string | number | null | undefined>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  return query.size ? `${path}?${query}` : path;
}

/** What `page(urlPath:)` takes: the decoded path with a slash at its end; null where it can't be one. */
export function urlPath(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname);
    return path.endsWith("/") ? path : `${path}/`;
  } catch {
    return null;
  }
}

/** Whether a menu item leads to this page or to one above it. */
export function leadsTo(url: string | null | undefined, path: string): boolean {
  if (!url) return false;
  const isHome = LANGUAGES.some((language) => ADDRESSES[language].home === url);
  return isHome ? path === url : path === url || path.startsWith(url.endsWith("/") ? url : `${url}/`);
}

/** The language of an address: those that are not the first have a prefix. */
export function languageOfPath(pathname: string): Language {
  return pathname === "/en" || pathname.startsWith("/en/") ? "en" : "vi";
}
