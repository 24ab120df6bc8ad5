/** The Content-Security-Policy of a page: scripts and styles of our own files, pictures of the CMS. */

import { CMS_PUBLIC_URL, MEDIA_ORIGINS } from "./settings.ts";

const VIDEO_PLAYERS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"];

export function policy({ pictures, preview }: App.Locals["allowed"]): string {
  const cms = CMS_PUBLIC_URL.origin;
  const directives: Record<string, string[]> = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", cms, ...MEDIA_ORIGINS, ...pictures],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...pictures],
    "worker-src": ["'self'", "blob:"],
    "frame-src": VIDEO_PLAYERS,
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
  };
  if (preview) {
    // Wagtail shows the preview in a frame; its userbar brings script, styles and icons along.
    directives["frame-ancestors"] = ["'self'", cms];
    for (const name of ["script-src", "connect-src", "font-src"]) directives[name]?.push(cms);
    directives["style-src"]?.push(cms, "'unsafe-inline'");
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}
