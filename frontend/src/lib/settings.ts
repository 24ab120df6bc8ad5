/** Settings from the environment, read when the server starts; README.md lists them. */

function address(name: string, fallback: string): URL {
  const text = process.env[name] || fallback;
  if (!URL.canParse(text)) throw new Error(`${name} is no address: ${text}`);
  return new URL(text);
}

function origins(name: string): string[] {
  return (process.env[name] ?? "")
    .split(",")
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text) => {
      if (!URL.canParse(text)) throw new Error(`${name} holds what is no address: ${text}`);
      return new URL(text).origin;
    });
}

function count(name: string, fallback: number): number {
  const number = Number(process.env[name] || fallback);
  if (!Number.isInteger(number) || number < 0) throw new Error(`${name} is no whole number`);
  return number;
}

/** Where this server reaches the CMS. */
export const CMS_URL = address("CMS_URL", "http://127.0.0.1:8000");

/** Where browsers reach the CMS: pictures, documents, and the admin that shows previews. */
export const CMS_PUBLIC_URL = address("CMS_PUBLIC_URL", CMS_URL.href);

/** Where else pictures come from, such as a bucket. */
export const MEDIA_ORIGINS = origins("MEDIA_ORIGINS");

/** Memory for kept answers. */
export const ANSWER_BYTES = count("ANSWER_MEGABYTES", 32) * 1024 * 1024;

/** How many proxies of ours stand before this server; what lies beyond them is not believed. */
export const TRUSTED_PROXY_HOPS = count("TRUSTED_PROXY_HOPS", 0);
