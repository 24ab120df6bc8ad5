/** Votes: the reader's browser asks this server, and this server the CMS, in the reader's name. */

import type { AstroCookies } from "astro";
import type { CastVoteInput, PollBoxFragment } from "../generated/graphql.ts";
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
const MANY = 20; // options that a poll has at the most

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
  error?: VoteError | undefined;
  /** The key of the vote that failed, to send it again. */
  key?: string;
  /** Work that the CMS asks for, as JSON for ALTCHA's clients. */
  challenge?: string | undefined;
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
  const voterToken = voterOf(cookies);
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
  const because = (code: Refusal) => refused({ code, message: wording(language).errors[code] });

  if (!isFromOurPages(context.request)) return because("FOREIGN_PAGE");
  const proof = String(form.get("bang-chung") ?? "");
  try {
    const input = { pollId: id, optionIds: chosen, idempotencyKey: key, proof };
    const { poll, error } = await cast(input, context, language);
    if (!error) return voted(poll, chosen, context);
    if (error.code === "ALREADY_VOTED") {
      return voted(poll, idsIn(context.cookies.get(memoryOf(id))?.value), context, error);
    }
    if (!error.code.startsWith("PROOF")) return await refused(error);
    if (!form.has("kich-ban")) return await because("NO_SCRIPTS");
    return await refused(error, await challengeFor(id, context));
  } catch (error) {
    if (error instanceof Unavailable) return because("UNAVAILABLE");
    if (!(error instanceof Refused)) throw error;
    return because(error.code === "RATE_LIMITED" ? error.code : "BAD_REQUEST");
  }
}

/** What the CMS says to a vote. */
async function cast(input: CastVoteInput, context: Context, language: Language) {
  const voter = voterOf(context.cookies);
  const { data, headers } = await send(
    PortalCastVoteDocument,
    { input },
    { ...headersFor(context, language), ...(voter && { cookie: `${VOTER}=${voter}` }) },
  );
  keepVoter(headers, context);
  const { poll, errors } = data.castVote;
  return { poll, error: errors[0] };
}

/** That the reader has voted, and how, is remembered for this site's pages; the CMS goes by its own cookie. */
function voted(
  poll: PollBoxFragment | null,
  chosen: string[],
  context: Context,
  error?: VoteError,
): ReadersPoll {
  if (poll?.id) context.cookies.set(memoryOf(poll.id), chosen.join("."), cookie(context));
  return { poll, ballot: { hasVoted: true, chosen, error } };
}

async function publicPoll(id: string): Promise<PollBoxFragment | null> {
  return (await request(PortalPollDocument, { id })).poll ?? null;
}

async function votersPoll(id: string, voterToken: string): Promise<PollBoxFragment | null> {
  return (await send(PortalVotersPollDocument, { id, voterToken })).data.poll ?? null;
}

async function challengeFor(pollId: string, context: Context): Promise<string> {
  const { data } = await send(PortalVoteChallengeDocument, { pollId }, headersFor(context));
  return data.voteChallenge?.challenge ?? "";
}

/** The signed number in the reader's cookie; nothing that looks otherwise goes on into a header. */
function voterOf(cookies: AstroCookies): string | undefined {
  return cookies.get(VOTER)?.value.match(/^[\w-]+:[\w-]+$/)?.[0];
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

function cookie(context: Context) {
  return { path: "/", maxAge: YEAR, sameSite: "lax" as const, secure: isSecure(context) };
}

function memoryOf(id: string): string {
  return `phieu-${id}`;
}

function idsIn(remembered: string | undefined): string[] {
  return remembered ? remembered.split(".").filter((each) => /^\d+$/.test(each)) : [];
}
