import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";

// A vote from the reader's browser to the CMS, which is another site: no cookie, but a token that the browser keeps.
const TOKEN = "mutation { issueVoterToken { voterToken } }";
const CHALLENGE = "query ($pollId: ID!) { voteChallenge(pollId: $pollId) { challenge } }";
const CAST = `mutation ($input: CastVoteInput!) { castVote(input: $input) {
  receipt errors { code message } poll { id resultsVisible options { id text votes percent } } } }`;

/** What the CMS says to a vote; the same key for the same vote, however often it is sent. */
export async function vote(cms, { pollId, optionIds, idempotencyKey, proof }) {
  const input = { pollId, optionIds, idempotencyKey, proof, voterToken: await voterToken(cms) };
  const { castVote } = await ask(cms, CAST, { input });
  if (castVote.errors[0]?.code !== "PROOF_REQUIRED" || proof) return castVote;
  return vote(cms, { pollId, optionIds, idempotencyKey, proof: await prove(cms, pollId) });
}

async function voterToken(cms) {
  const token = localStorage.getItem("voterToken") ?? (await ask(cms, TOKEN)).issueVoterToken.voterToken;
  localStorage.setItem("voterToken", token);
  return token;
}

/** The work that the CMS asks for when many votes come from one network. */
async function prove(cms, pollId) {
  const challenge = JSON.parse((await ask(cms, CHALLENGE, { pollId })).voteChallenge.challenge);
  return btoa(JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) }));
}

async function ask(cms, query, variables = {}) {
  const headers = { "Content-Type": "application/json", "Accept-Language": "vi" };
  const body = JSON.stringify({ query, variables });
  const { data, errors } = await (await fetch(`${cms}/graphql/`, { method: "POST", headers, body })).json();
  if (errors) throw new Error(errors[0].message);
  return data;
}
