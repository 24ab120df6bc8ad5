import node from "@astrojs/node";
import { defineConfig, passthroughImageService } from "astro/config";

export default defineConfig({
  output: "server",
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
