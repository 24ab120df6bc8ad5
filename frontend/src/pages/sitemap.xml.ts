/** Every public page and its translations, as the CMS has them. */

import type { APIRoute } from "astro";
import { RoutesDocument, type RoutesQuery } from "../generated/graphql.ts";
import { loadFrame } from "../lib/frame.ts";
import { request, type Answered } from "../lib/graphql.ts";
import { escaped, xmlResponse } from "../lib/xml.ts";

/** Of the sitemap protocol. */
const MOST = 50_000;

type Route = Answered<RoutesQuery>["routes"]["edges"][number]["node"];

export const GET: APIRoute = async () => {
  const { origin } = await loadFrame("vi");
  const routes: Route[] = [];
  let after: string | null = null;
  do {
    const { routes: page }: Answered<RoutesQuery> = await request(RoutesDocument, { after });
    routes.push(...page.edges.map(({ node }) => node));
    after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  } while (after && routes.length < MOST);

  const absolute = (url: string) => escaped(new URL(url, origin).href);
  const entries = routes
    .slice(0, MOST)
    .map(({ url, lastPublishedAt, changeFrequency, alternates }) =>
      [
        "  <url>",
        `    <loc>${absolute(url)}</loc>`,
        ...(lastPublishedAt ? [`    <lastmod>${lastPublishedAt}</lastmod>`] : []),
        `    <changefreq>${changeFrequency}</changefreq>`,
        ...alternates.flatMap((each) =>
          each.url
            ? [`    <xhtml:link rel="alternate" hreflang="${each.locale}" href="${absolute(each.url)}"/>`]
            : [],
        ),
        "  </url>",
      ].join("\n"),
    );
  const head = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">`;
  return xmlResponse([head, ...entries, "</urlset>"].join("\n"), "application/xml");
};
