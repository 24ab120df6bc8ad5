// What this frontend asks. `__typename` says what a page or block is: a new type of either begins here.
const POLL = `fragment Asked on Poll { id question choices { min max } resultsVisible options { id text votes percent } }`;
const PAGES = `${POLL}
  fragment Picture on PictureBlock { id caption image { id alt rendition(preset: WIDE, format: WEBP) { id url width height } } }
  fragment Shown on PageInterface {
    __typename id title url seo { title description }
    ... on ArticlePage {
      summary publishedAt heroImage { id alt rendition(preset: HERO, format: WEBP) { id url width height } }
      body {
        __typename id
        ... on HeadingBlock { text level }
        ... on ParagraphBlock { html }
        ... on PictureBlock { ...Picture }
        ... on QuoteBlock { text attribution }
        ... on PollBlock { poll { ...Asked } }
      }
    }
  }`;
const ARTICLES = `articles(locale: "vi", first: 10, after: $after, orderBy: PUBLISHED_AT_DESC) {
  nodes { id title url summary publishedAt } pageInfo { hasNextPage endCursor } }`;

export const HOME = `query Home($after: String) {
  site { id name } ${ARTICLES} polls(first: 1, filter: { state: OPEN }) { nodes { ...Asked } } } ${POLL}`;
export const LIST = `query List($after: String) { ${ARTICLES} }`;
export const PAGE = `query Page($path: String!) { page(urlPath: $path) { ...Shown } } ${PAGES}`;
export const PREVIEW = `query Preview($contentType: String!, $token: String!) {
  page(contentType: $contentType, token: $token) { ...Shown } } ${PAGES}`;
export const POLL_PREVIEW = `query Preview($token: String!) { poll(token: $token) { ...Asked } } ${POLL}`;
export const SITE_PREVIEW = `query Preview($token: String!) { site(token: $token) { id name hotline } }`;
