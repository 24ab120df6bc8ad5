export const CMS_URL = process.env.CMS_URL ?? "http://127.0.0.1:8000";
export const CMS_PUBLIC_URL = process.env.CMS_PUBLIC_URL ?? CMS_URL;

/** Milliseconds that an answer is kept at most: for what changes without an event, such as menus. */
const KEPT = 300_000;
const MOST = 1000; // answers
/** What a list is made of: any page may come into it, or change in it. */
export const LISTS = ["any:wagtailcore_page", "any:polls_poll"];

const kept = new Map();
let forgotten = 0;

/** Data of a query. An answer with tags is kept until an event names one of them: `src/pages/api/cms.js`. */
export async function ask(query, variables = {}, tags) {
  const address = new URL("/graphql/", CMS_URL);
  address.searchParams.set("query", query);
  address.searchParams.set("variables", JSON.stringify(variables));
  const known = kept.get(address.href);
  if (known && known.until > Date.now()) return known.data;
  const begun = forgotten;
  const { data, errors } = await (await fetch(address)).json();
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions?.code });
  // What was asked for before an event may be older than it.
  if (tags && begun === forgotten) kept.set(address.href, { data, tags, until: Date.now() + KEPT });
  if (kept.size > MOST) kept.delete(kept.keys().next().value);
  return data;
}

/** Forget the answers with any of these tags. */
export function forget(tags) {
  forgotten += 1;
  for (const [address, answer] of kept) if (answer.tags.some((tag) => tags.includes(tag))) kept.delete(address);
}
