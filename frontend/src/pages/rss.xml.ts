/** The newest articles in one language, for feed readers. */

import type { APIRoute } from "astro";
import { PortalFeedDocument } from "../generated/graphql.ts";
import { addressesIn, languageOfPath } from "../lib/addresses.ts";
import { loadFrame } from "../lib/frame.ts";
import { request } from "../lib/graphql.ts";
import { escaped, xmlResponse } from "../lib/xml.ts";

export const GET: APIRoute = async ({ url: asked }) => {
  const language = languageOfPath(asked.pathname);
  const { home, feed } = addressesIn(language);
  const [{ site, origin }, { articles }] = await Promise.all([
    loadFrame(language),
    request(PortalFeedDocument, { locale: language }, { language }),
  ]);
  const items = articles.nodes.map((article) => {
    const url = escaped(new URL(article.url ?? "/", origin).href);
    return [
      "    <item>",
      `      <title>${escaped(article.title)}</title>`,
      `      <link>${url}</link>`,
      `      <guid isPermaLink="true">${url}</guid>`,
      `      <pubDate>${new Date(article.publishedAt).toUTCString()}</pubDate>`,
      `      <description>${escaped(article.summary)}</description>`,
      ...(article.category ? [`      <category>${escaped(article.category.name)}</category>`] : []),
      "    </item>",
    ].join("\n");
  });
  const body = [
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
    "  <channel>",
    `    <title>${escaped(site.name)}</title>`,
    `    <link>${escaped(new URL(home, origin).href)}</link>`,
    `    <description>${escaped(site.organization || site.name)}</description>`,
    `    <language>${language}</language>`,
    `    <atom:link href="${escaped(new URL(feed, origin).href)}" rel="self" type="application/rss+xml"/>`,
    ...items,
    "  </channel>",
    "</rss>",
  ];
  return xmlResponse(body.join("\n"), "application/rss+xml");
};
