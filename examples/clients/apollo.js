import { tour } from "./tour.js";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { buildSchema, isAbstractType } from "graphql";
import * as documents from "./documents.js";

const CMS = process.env.CMS_URL ?? "http://127.0.0.1:8000";
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

const schema = buildSchema(readFileSync("schema.graphql", "utf8")); // when it is built
const possibleTypes = Object.fromEntries(Object.values(schema.getTypeMap()).filter(isAbstractType)
  .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]));

const client = new ApolloClient({
  link: ApolloLink.from([new PersistedQueryLink({ sha256, useGETForHashedQueries: true }), new HttpLink({ uri: `${CMS}/graphql/` })]),
  cache: new InMemoryCache({ possibleTypes, typePolicies: { VisitStatistics: { merge: true } } }),
});

const by = (fetchPolicy) => async (query, variables) =>
  (await client.query({ query: gql(query), variables, fetchPolicy })).data;
const mutate = async (mutation, variables) => (await client.mutate({ mutation: gql(mutation), variables })).data;
const found = await tour({ documents, query: by(), cached: by("cache-only"), renewed: by("network-only"), mutate });
console.log(JSON.stringify(found));
