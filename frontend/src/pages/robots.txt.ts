import type { APIRoute } from "astro";
import { addressesIn, LANGUAGES } from "../lib/addresses.ts";
import { loadFrame } from "../lib/frame.ts";

export const GET: APIRoute = async () => {
  const { origin } = await loadFrame("vi");
  const lines = [
    "User-agent: *",
    ...LANGUAGES.map((language) => `Disallow: ${addressesIn(language).search}?`),
    "Disallow: /preview/",
    "Disallow: /api/",
    `Sitemap: ${new URL("/sitemap.xml", origin).href}`,
  ];
  return new Response(`${lines.join("\n")}\n`, { headers: { "content-type": "text/plain; charset=utf-8" } });
};
