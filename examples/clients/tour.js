import { sent } from "./sent.js"; // before what takes the global fetch
import { randomUUID } from "node:crypto";

/**
 * Two pages of a list, an article with its blocks from the cache alone, a vote, and what the cache then says of both places of the poll.
 * `query`, `more` (the list's next page), `cached`, `renewed` (past the cache) and `mutate` take a document and its variables,
 * and answer data.
 */
export async function tour({ documents, query, more = query, cached, renewed, mutate }) {
  const warnings = [];
  console.warn = console.error = (...words) => warnings.push(words.join(" "));
  const { List, Page, Polls, Poll, Token, Vote } = documents;

  const first = (await query(List)).articles;
  const second = (await more(List, { after: first.pageInfo.endCursor })).articles;
  const address = { urlPath: "/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/" };
  await query(Page, address);
  const { page } = await cached(Page, address);

  const [poll] = (await query(Polls)).polls.nodes;
  await query(Poll, { id: poll.id });
  const { voterToken } = (await mutate(Token)).issueVoterToken;
  const input = { pollId: poll.id, optionIds: [poll.options[0].id], idempotencyKey: randomUUID(), voterToken };
  const { errors } = (await mutate(Vote, { input })).castVote;
  const places = [(await cached(Polls)).polls.nodes[0], (await cached(Poll, { id: poll.id })).poll];

  await renewed(List);
  return {
    list: [first, second].map(({ edges }) => edges.slice(-3).map(({ node }) => node.title)),
    page: { title: page.title, summary: page.summary, headings: page.body.flatMap(({ text }) => text ?? []) },
    votes: [poll, ...places].map(({ options }) => options.map(({ votes }) => votes)),
    errors,
    renewed: sent.at(-1),
    warnings,
  };
}
