/** What the head of a page tells browsers, search engines and social networks. */

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
    description: seo.description,
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
