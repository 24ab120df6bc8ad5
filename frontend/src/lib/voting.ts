/** Votes: the reader's browser asks this server, and this server the CMS, in the reader's name. */

import type { AstroCookies } from "astro";
import type { PollBoxFragment } from "../generated/graphql.ts";
import {
  PortalCastVoteDocument,
  PortalPollDocument,
  PortalVoteChallengeDocument,
  PortalVotersPollDocument,
} from "../generated/graphql.ts";
import { type Wording, wording } from "../components/Poll/wording.ts";
import { type Language, Refused, request, send, Unavailable } from "./graphql.ts";
import { isFromOurPages } from "./origin.ts";
import type { Asked } from "./proxies.ts";
import { headersFor, isSecure } from "./proxies.ts";

/** The CMS's own cookie: who votes, signed. */
const VOTER = "voter";
const YEAR = 365 * 24 * 60 * 60;
const MANY = 20;

export interface VoteError {
  code: string;
  /** In the reader's language. */
  message: string;
}

/** What is known of a reader's vote in a poll. */
export interface Ballot {
  hasVoted: boolean;
  /** Ids of the options that were chosen, or that the form is filled in with. */
  chosen: string[];
  error?: VoteError;
  /** The key of the vote that failed, to send it again. */
  key?: string;
  /** Work that the CMS asks for, as JSON for ALTCHA's clients. */
  challenge?: string;
}

export interface ReadersPoll {
  poll: PollBoxFragment | null;
  ballot: Ballot;
}

export interface Context extends Asked {
  cookies: AstroCookies;
}

type Refusal = keyof Wording["errors"];

/** A poll as this reader sees it; null where there is none. */
export async function pollOf(id: string, { cookies }: Context): Promise<ReadersPoll> {
  const voterToken = cookies.get(VOTER)?.value;
  const poll = voterToken ? await votersPoll(id, voterToken) : await publicPoll(id);
  const remembered = voterToken ? cookies.get(memoryOf(id))?.value : undefined;
  const isShown = poll?.resultsVisibility === "AFTER_VOTE" && poll.state === "OPEN" && poll.resultsVisible;
  return { poll, ballot: { hasVoted: remembered !== undefined || isShown, chosen: idsIn(remembered) } };
}

/** Send the vote in a form, keep who the voter is, and answer with the poll as its voter sees it. */
export async function vote(
  id: string,
  form: FormData,
  context: Context,
  language: Language,
): Promise<ReadersPoll> {
  const chosen = form.getAll("lua-chon").map(String).slice(0, MANY);
  const key = String(form.get("khoa") ?? "");
  const refused = async (error: VoteError, challenge?: string): Promise<ReadersPoll> => {
    const { poll, ballot } = await pollOf(id, context);
    return { poll, ballot: { hasVoted: ballot.hasVoted, chosen, error, key, challenge } };
  };
  const refusal = (code: Refusal): VoteError => ({ code, message: wording(language).errors[code] });
  if (!isFromOurPages(context.request)) return refused(refusal("FOREIGN_PAGE"));
  try {
    const input = {
      pollId: id,
      optionIds: chosen,
      idempotencyKey: key,
      proof: String(form.get("bang-chung") ?? ""),
    };
    const { data, headers } = await send(PortalCastVoteDocument, { input }, asVoter(context, language));
    const { poll, errors } = data.castVote!;
    keepVoter(headers, context);
    const [error] = errors;
    if (!error) remember(id, chosen, context);
    if (error?.code === "ALREADY_VOTED") {
      const before = context.cookies.get(memoryOf(id))?.value;
      remember(id, idsIn(before), context);
      return { poll: poll ?? null, ballot: { hasVoted: true, chosen: idsIn(before), error } };
    }
    if (error?.code.startsWith("PROOF")) {
      const words = form.has("kich-ban") ? error : refusal("NO_SCRIPTS");
      return await refused(words, await challengeFor(id, context));
    }
    if (error) return await refused(error);
    return { poll: poll ?? null, ballot: { hasVoted: true, chosen } };
  } catch (error) {
    if (error instanceof Unavailable) return refused(refusal("UNAVAILABLE"));
    if (error instanceof Refused)
      return refused(refusal(error.code === "RATE_LIMITED" ? error.code : "BAD_REQUEST"));
    throw error;
  }
}

async function publicPoll(id: string): Promise<PollBoxFragment | null> {
  return (await request(PortalPollDocument, { id })).poll ?? null;
}

async function votersPoll(id: string, voterToken: string): Promise<PollBoxFragment | null> {
  return (await send(PortalVotersPollDocument, { id, voterToken })).data.poll ?? null;
}

async function challengeFor(pollId: string, context: Context): Promise<string> {
  const { data } = await send(PortalVoteChallengeDocument, { pollId }, headersFor(context));
  return data.voteChallenge.challenge;
}

function asVoter(context: Context, language: Language): Record<string, string> {
  const voter = context.cookies.get(VOTER)?.value;
  return { ...headersFor(context, language), ...(voter && { cookie: `${VOTER}=${voter}` }) };
}

/** Hand the reader the cookie that the CMS has set, for this site. */
function keepVoter(headers: Headers, context: Context): void {
  const [pair] =
    headers
      .getSetCookie()
      .find((each) => each.startsWith(`${VOTER}=`))
      ?.split(";") ?? [];
  if (!pair) return;
  context.cookies.set(VOTER, pair.slice(VOTER.length + 1), { ...cookie(context), httpOnly: true });
}

/** That the reader has voted and how: for this site's pages alone; the CMS goes by its own cookie. */
function remember(id: string, chosen: string[], context: Context): void {
  context.cookies.set(memoryOf(id), chosen.join("."), cookie(context));
}

function cookie(context: Context) {
  return { path: "/", maxAge: YEAR, sameSite: "lax" as const, secure: isSecure(context) };
}

function memoryOf(id: string): string {
  return `phieu-${id}`;
}

function idsIn(remembered: string | undefined): string[] {
  return remembered ? remembered.split(".").filter((each) => /^\d+$/.test(each)) : [];
}
