const CMS_URL = process.env.CMS_URL ?? "http://127.0.0.1:8000";

const ARTICLES = `query Articles($after: String) {
  site { name }
  articles(locale: "vi", first: 20, after: $after, orderBy: PUBLISHED_AT_DESC) {
    nodes {
      id title url summary publishedAt seo { title description }
      heroImage { alt rendition(preset: HERO, format: WEBP) { url width height } }
      body {
        __typename id
        ... on HeadingBlock { text level }
        ... on ParagraphBlock { html }
        ... on PictureBlock { caption image { alt rendition(preset: WIDE, format: WEBP) { url width height } } }
        ... on QuoteBlock { text attribution }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

async function ask(query, variables) {
  const answer = await fetch(`${CMS_URL}/graphql/`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

/** The portal's name, and all its articles with their texts, the newest first. Throws, so that no build lacks a part. */
export async function portal() {
  const articles = [];
  let name, page;
  do {
    const data = await ask(ARTICLES, { after: page?.endCursor });
    name = data.site.name;
    articles.push(...data.articles.nodes);
    page = data.articles.pageInfo;
  } while (page.hasNextPage);
  return { name, articles };
}
