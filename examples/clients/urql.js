import { tour } from "./tour.js";
import { readFileSync } from "node:fs";
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { persistedExchange } from "@urql/exchange-persisted";
import { buildSchema, introspectionFromSchema } from "graphql";
import * as documents from "./documents.js";

const CMS = process.env.CMS_URL ?? "http://127.0.0.1:8000";

const embedded = [
  "Alternate", "ArticlePageConnection", "ArticlePageEdge", "BallotReceipt", "Box", "Breadcrumb", "CampaignPageConnection",
  "CampaignPageEdge", "CastVotePayload", "ChoiceRange", "DailyVisits", "FocalPoint", "Investor", "IssueVoterTokenPayload",
  "LandPrice", "LegendEntry", "MenuItem", "MutationError", "NearbyZone", "PageInfo", "PollConnection", "PollEdge", "Position",
  "RecordVisitPayload", "Route", "RouteConnection", "RouteEdge", "SealHead", "SearchFacet", "SearchResult",
  "SearchResultConnection", "SearchResultEdge", "Seo", "Tiles", "Viewport", "VisitStatistics", "VoteChallenge",
  "ZonePageConnection", "ZonePageEdge", "ZoneTotals",
];
const keys = Object.fromEntries(embedded.map((name) => [name, () => null]));
const schema = introspectionFromSchema(buildSchema(readFileSync("schema.graphql", "utf8"))); // when it is built

const client = new Client({
  url: `${CMS}/graphql/`,
  preferGetMethod: true,
  exchanges: [cacheExchange({ schema, keys }), persistedExchange({ preferGetForPersistedQueries: true }), fetchExchange],
});

const by = (requestPolicy) => (query, variables = {}) => data(client.query(query, variables, { requestPolicy }));
const mutate = (mutation, variables = {}) => data(client.mutation(mutation, variables));
const found = await tour({ documents, query: by(), cached: by("cache-only"), renewed: by("network-only"), mutate });
console.log(JSON.stringify(found));

async function data(answer) {
  const { data, error } = await answer;
  if (error) throw error;
  return data;
}
