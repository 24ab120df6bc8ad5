import { sent } from "./sent.js";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Environment, Network, RecordSource, Store, commitMutation, createOperationDescriptor, fetchQuery, getSelector } from "relay-runtime";
import * as made from "./relay/made.js";

const CMS = process.env.CMS_URL ?? "http://127.0.0.1:8000";

const persisted = JSON.parse(readFileSync("persisted.json", "utf8")); // in a browser: import(), where a hash is not known

async function ask({ id, operationKind }, variables) {
  const request = { variables, extensions: { persistedQuery: { version: 1, sha256Hash: id } } };
  const post = () => fetch(`${CMS}/graphql/`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...request, query: persisted[id] }),
  });
  if (operationKind !== "query") return (await post()).json();
  const search = new URLSearchParams(Object.entries(request).map(([name, value]) => [name, JSON.stringify(value)]));
  const answer = await (await fetch(`${CMS}/graphql/?${search}`)).json();
  return answer.errors?.[0].message === "PersistedQueryNotFound" ? (await post()).json() : answer;
}

const environment = new Environment({
  network: Network.create(ask),
  store: new Store(new RecordSource()),
  getDataID: (record) => record.nodeId,
});

// Below: what useLazyLoadQuery, useFragment and usePaginationFragment do, without React.
const described = (name, variables = {}) => createOperationDescriptor(made[name], variables);
const cached = (name, variables) => environment.lookup(described(name, variables).fragment).data;
const read = (fragment, reference) => environment.lookup(getSelector(made[fragment], reference)).data;

async function query(name, variables = {}) {
  environment.retain(described(name, variables));
  return fetchQuery(environment, made[name], variables).toPromise();
}
const mutate = (name, variables) =>
  new Promise((onCompleted, onError) => commitMutation(environment, { mutation: made[name], variables, onCompleted, onError }));

const warnings = [];
console.warn = console.error = (...words) => warnings.push(words.join(" "));

const { edges, pageInfo } = read("List", await query("ListQuery")).articles;
await query("ListPaginationQuery", { first: 3, after: pageInfo.endCursor });
const both = read("List", cached("ListQuery")).articles.edges;

const address = { urlPath: "/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/" };
await query("PageQuery", address);
const { page } = cached("PageQuery", address);
const { summary, body } = read("Article", page.article);
const { node } = await query("PageRefetchQuery", { nodeId: page.nodeId });

const [poll] = (await query("PollsQuery")).polls.nodes;
await query("PollQuery", { id: poll.id });
const places = () => [cached("PollsQuery").polls.nodes[0], cached("PollQuery", { id: poll.id }).poll];
const votes = () => places().map((place) => read("Poll", place).options.map(({ votes }) => votes));
const [before] = votes();
const { voterToken } = (await mutate("TokenMutation", {})).issueVoterToken;
const input = { pollId: poll.id, optionIds: [poll.options[0].id], idempotencyKey: randomUUID(), voterToken };
const { errors } = (await mutate("VoteMutation", { input })).castVote;

await fetchQuery(environment, made.ListQuery, {}, { networkCacheConfig: { force: true } }).toPromise();
const titles = (found) => found.map(({ node }) => node.title);
console.log(
  JSON.stringify({
    list: [titles(edges), titles(both).slice(edges.length)],
    page: { title: read("Page", node).title, summary, headings: body.flatMap(({ text }) => text ?? []) },
    votes: [before, ...votes()],
    errors,
    renewed: sent.at(-1),
    warnings,
  }),
);
