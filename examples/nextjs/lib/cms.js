export const CMS_URL = process.env.CMS_URL ?? "http://127.0.0.1:8000";
export const CMS_PUBLIC_URL = process.env.CMS_PUBLIC_URL ?? CMS_URL;

/** Seconds that an answer is kept at most: for what changes without an event, such as menus. */
const KEPT = 300;
/** What a list is made of: any page may come into it, or change in it. */
export const LISTS = ["any:wagtailcore_page", "any:polls_poll"];

/** Data of a query. An answer with tags is kept until an event names one of them: `app/api/cms/route.js`. */
export async function ask(query, variables = {}, tags) {
  const address = new URL("/graphql/", CMS_URL);
  address.searchParams.set("query", query);
  address.searchParams.set("variables", JSON.stringify(variables));
  const response = await fetch(address, tags ? { next: { tags, revalidate: KEPT } } : { cache: "no-store" });
  const { data, errors } = await response.json();
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions?.code });
  return data;
}
