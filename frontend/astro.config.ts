import node from "@astrojs/node";
import type { AstroIntegration } from "astro";
import { defineConfig, passthroughImageService } from "astro/config";
import { addressesIn } from "./src/lib/addresses.ts";

const english = addressesIn("en");

/** The portal's own pages once more, at their English addresses: they go by the address they are asked at. */
const englishPages: AstroIntegration = {
  name: "english-pages",
  hooks: {
    "astro:config:setup": ({ injectRoute }) => {
      const at = (pattern: string, entrypoint: string) =>
        injectRoute({ pattern, entrypoint: `./src/pages/${entrypoint}` });
      at(english.search, "tim-kiem/index.astro");
      at(english.polls, "tham-do-y-kien/index.astro");
      at(`${english.polls}[id]`, "tham-do-y-kien/[id]/index.astro");
      at(`${english.polls}[id]/hop`, "tham-do-y-kien/[id]/hop.astro");
      at(english.siteMap, "so-do-trang/index.astro");
      at(english.accessibility, "kha-nang-tiep-can/index.astro");
      at(english.feed, "rss.xml.ts");
    },
  },
};

export default defineConfig({
  output: "server",
  integrations: [englishPages],
  adapter: node({ mode: "standalone" }),
  trailingSlash: "ignore",
  // What changes something asks `lib/origin.ts`: Astro's own check knows no TLS proxy before this server.
  security: { checkOrigin: false },
  // Pictures come from the CMS in the sizes and formats that it made.
  image: { service: passthroughImageService() },
  // Nothing stands within the page that the Content-Security-Policy would have to allow.
  build: { inlineStylesheets: "never" },
  vite: { build: { assetsInlineLimit: 0 } },
  devToolbar: { enabled: false },
});
