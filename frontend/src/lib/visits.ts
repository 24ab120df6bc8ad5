/** Page views, counted by the CMS. */

import { RecordVisitDocument, type RecordVisitMutation } from "../generated/graphql.ts";
import { Refused, send, Unavailable } from "./graphql.ts";
import { type Asked, headersFor } from "./proxies.ts";

type Figures = RecordVisitMutation["recordVisit"]["statistics"];

/** The figures after the view; null where the CMS did not take it: no reader is to be bothered with that. */
export async function recordVisit(
  reader: Asked,
  path: string,
  referrer: string | null,
): Promise<Figures | null> {
  try {
    const { data } = await send(RecordVisitDocument, { input: { path, referrer } }, headersFor(reader));
    return data.recordVisit.statistics;
  } catch (error) {
    if (error instanceof Refused || error instanceof Unavailable) return null;
    throw error;
  }
}
