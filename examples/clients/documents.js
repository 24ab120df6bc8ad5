// What Apollo's client and urql's are asked to send; Relay and Houdini have documents of their own kind.
export const List = `query List($after: String) { articles(locale: "vi", first: 3, after: $after) {
  edges { node { id title } } pageInfo { endCursor } } }`;
export const Page = `query Page($urlPath: String!) { page(urlPath: $urlPath) { id ...Shown } }
  fragment Shown on PageInterface {
    title seo { title } ... on ArticlePage { summary body { id ... on HeadingBlock { text } } } }`;
export const Polls = `query Polls { polls(last: 1, filter: { state: OPEN }) { nodes { id options { id votes } } } }`;
export const Poll = `query Poll($id: ID!) { poll(id: $id) { id options { id votes } } }`;
export const Token = `mutation Token { issueVoterToken { voterToken } }`;
export const Vote = `mutation Vote($input: CastVoteInput!) { castVote(input: $input) {
  errors { code } poll { id options { id votes } } } }`;
