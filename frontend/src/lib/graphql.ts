/**
 * The only way to the CMS: typed operations, sent by the ids that it knows from the start.
 *
 * Every page asks anew, so that a publish shows with the next request; what has not changed is answered by 304
 * without a body, and taken from the answers that are kept here.
 */

import type { TypedDocumentString } from "../generated/graphql.ts";
import { Answers } from "./answers.ts";
import { ANSWER_BYTES, CMS_URL } from "./settings.ts";

const TIMEOUT = 10_000;
/** The code of an error that costs one block and not the answer. */
const BROKEN = "BROKEN_CONTENT";
/** For how long after its last confirmation a kept answer stands in for a CMS that does not answer. */
const STANDS_IN = 5 * 60_000;

export type Language = "vi" | "en";

/** The CMS refused an operation; `code` is of the first error, e.g. BAD_CURSOR. */
export class Refused extends Error {
  readonly code: string;

  constructor(operation: string, errors: GraphQLError[]) {
    super(`${operation}: ${errors.map(({ message }) => message).join("; ")}`);
    this.code = errors[0]?.extensions?.code ?? "UNKNOWN";
  }
}

/** The CMS could not be reached, or failed. */
export class Unavailable extends Error {}

/**
 * What an operation answers where nothing was refused, as `request` and `send` promise: a list or a connection is null
 * only where the CMS refused its arguments.
 */
export type Answered<Data> = Data extends object
  ? { [Key in keyof Data]: Answered<Data[Key] extends List | null ? NonNullable<Data[Key]> : Data[Key]> }
  : Data;
type List = readonly unknown[] | { nodes: unknown } | { edges: unknown };

/** A typed document, where its types do not matter. */
type Operation = Pick<TypedDocumentString<unknown, never>, "__meta__"> & { toString(): string };

interface GraphQLError {
  message: string;
  extensions?: { code?: string };
}

interface Payload {
  data?: unknown;
  errors?: GraphQLError[];
}

const answers = new Answers(ANSWER_BYTES);
const underWay = new Map<string, Promise<unknown>>();

/** The data of a query that is the same for all readers. Throws Refused or Unavailable. */
export async function request<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  { language = "vi" }: { language?: Language } = {},
): Promise<Answered<Data>> {
  const query = new URLSearchParams({ documentId: idOf(document), variables: JSON.stringify(variables) });
  const key = `${language} ${query}`;
  const asked = underWay.get(key) ?? revalidated(key, query, document, variables, language);
  underWay.set(key, asked);
  try {
    return (await asked) as Answered<Data>;
  } finally {
    underWay.delete(key);
  }
}

/**
 * The data of a mutation or a preview, and the headers of its answer. Never kept; `headers` are those of the reader
 * that the CMS should know of. Throws Refused or Unavailable.
 */
export async function send<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  headers: HeadersInit = {},
): Promise<{ data: Answered<Data>; headers: Headers }> {
  // By its id, too: a CMS may be set to answer nothing else.
  let response = await post({ documentId: idOf(document) }, document, variables, headers);
  let payload = await payloadOf(response);
  if (isUnknown(payload)) {
    response = await post({ query: String(document) }, document, variables, headers);
    payload = await payloadOf(response);
  }
  return { data: dataOf(document, payload) as Answered<Data>, headers: response.headers };
}

async function revalidated(
  key: string,
  query: URLSearchParams,
  document: Operation,
  variables: unknown,
  language: Language,
): Promise<unknown> {
  const kept = answers.get(key);
  const now = Date.now();
  try {
    const response = await reach(`?${query}`, {
      headers: { "accept-language": language, ...(kept && { "if-none-match": kept.etag }) },
    });
    if (response.status === 304 && kept) {
      kept.confirmedAt = now;
      return kept.data;
    }
    const text = await response.text();
    let payload = parsed(response, text);
    if (isUnknown(payload)) {
      const text = { query: String(document) };
      payload = await payloadOf(await post(text, document, variables, { "accept-language": language }));
    }
    const data = dataOf(document, payload);
    const etag = response.headers.get("etag");
    if (etag && response.ok) answers.set(key, { etag, data, size: text.length, confirmedAt: now });
    else answers.delete(key);
    return data;
  } catch (error) {
    if (error instanceof Unavailable && kept && now - kept.confirmedAt < STANDS_IN) {
      console.warn(`${error.message}; an answer of ${now - kept.confirmedAt} ms ago stands in`);
      return kept.data;
    }
    throw error;
  }
}

/** Whether the CMS does not know the id of an operation: it was started with an older manifest. */
function isUnknown(payload: Payload): boolean {
  return payload.errors?.[0]?.extensions?.code === "PERSISTED_QUERY_NOT_FOUND";
}

function post(
  named: { documentId: string } | { query: string },
  document: Operation,
  variables: unknown,
  headers: HeadersInit,
): Promise<Response> {
  return reach("", {
    method: "POST",
    headers: { ...Object.fromEntries(new Headers(headers)), "content-type": "application/json" },
    body: JSON.stringify({ ...named, variables, operationName: nameOf(document) }),
  });
}

async function reach(query: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(new URL(`/graphql/${query}`, CMS_URL), {
      ...init,
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.status < 500) return response;
    throw new Unavailable(`the CMS answered ${response.status}`);
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    throw new Unavailable(`the CMS at ${CMS_URL.origin} does not answer`, { cause: error });
  }
}

async function payloadOf(response: Response): Promise<Payload> {
  return parsed(response, await response.text());
}

function parsed(response: Response, text: string): Payload {
  try {
    return JSON.parse(text) as Payload;
  } catch (error) {
    throw new Unavailable(`the CMS answered ${response.status} with what is no JSON`, { cause: error });
  }
}

function dataOf(document: Operation, payload: Payload): unknown {
  const errors = payload.errors ?? [];
  const refusals = errors.filter(({ extensions }) => extensions?.code !== BROKEN);
  if (refusals.length) throw new Refused(nameOf(document), refusals);
  // A block that can't be shown is null; the rest of its page is there.
  if (errors.length)
    console.warn(`${nameOf(document)}: ${errors[0]?.message} (${JSON.stringify(errors[0]?.extensions)})`);
  return payload.data;
}

function idOf(document: Operation): string {
  return document.__meta__?.["hash"];
}

function nameOf(document: Operation): string {
  return /(?:query|mutation)\s+(\w+)/.exec(String(document))?.[1] ?? "";
}
