/** What the head of a page tells browsers, search engines and social networks. */

import { present } from "./present.ts";
import { shorten } from "./shorten.ts";
import type { Page } from "./page.ts";

export interface PageHead {
  title: string;
  description?: string;
  canonical?: string | null | undefined;
  robots?: string;
  image?: { url: string; width: number; height: number; alt: string } | null | undefined;
  jsonLd?: object;
  /** The page in all its languages, this one among them; none where it is in one. */
  alternates?: { language: string; url: string }[];
  kind?: "article" | "website";
}

export function headOf(page: Page): PageHead {
  const { seo } = page;
  const alternates = page.translations.flatMap(({ url, locale }) =>
    url && locale ? [{ language: locale.code, url }] : [],
  );
  return {
    title: seo.title,
    description: seo.description || described(page),
    canonical: seo.canonicalUrl,
    robots: seo.robots,
    image: seo.image?.rendition,
    jsonLd: seo.jsonLd,
    alternates:
      alternates.length && page.url && page.locale
        ? [{ language: page.locale.code, url: page.url }, ...alternates]
        : [],
    kind: page.__typename === "ArticlePage" ? "article" : "website",
  };
}

const LONGEST = 160;

/** What the page begins with, where its editor wrote nothing for search engines; as long as they show. */
function described(page: Page): string {
  const text = plain(beginningOf(page)) || page.title;
  return shorten(text, LONGEST);
}

function beginningOf(page: Page): string {
  switch (page.__typename) {
    case "HomePage": {
      const hero = present(page.sections).find((section) => section.__typename === "HeroSectionBlock");
      return hero?.__typename === "HeroSectionBlock" ? hero.text : "";
    }
    case "ArticlePage":
      return page.summary;
    case "CampaignPage":
      return page.slogan;
    case "ArticleIndexPage":
    case "CampaignIndexPage":
    case "ZoneMapPage":
      return page.introduction;
    case "ZonePage":
      return `${page.name}, ${page.locality}: ${page.industries.map(({ name }) => name).join(", ")}`;
    default:
      return "";
  }
}

/** The text of what may be HTML. */
function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ")
    .trim();
}
