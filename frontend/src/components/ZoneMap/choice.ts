/** Which zones a reader has asked for; what the form's fields and the address's parameters are called. */
import type { Zone } from "./zones.ts";

export const STATE = "trang-thai";
export const INDUSTRY = "nganh";
export const FREE = "con-trong";

export interface Choice {
  /** Null where all are meant. */
  states: string[] | null;
  /** Slug of an industry; empty where all are meant. */
  industry: string;
  /** With at least so many hectares left to lease. */
  freeHa: number;
}

export function readChoice(asked: URLSearchParams): Choice {
  const states = asked.getAll(STATE);
  const freeHa = Number((asked.get(FREE) ?? "").replace(",", "."));
  return {
    states: states.length > 0 ? states : null,
    industry: asked.get(INDUSTRY) ?? "",
    freeHa: Number.isFinite(freeHa) && freeHa > 0 ? freeHa : 0,
  };
}

export function fits(zone: Zone, { states, industry, freeHa }: Choice): boolean {
  return (
    (states === null || states.includes(zone.state)) &&
    (industry === "" || (zone.industries ?? []).some(({ slug }) => slug === industry)) &&
    (zone.freeAreaHa ?? 0) >= freeHa
  );
}

/** The parameters that say what a form says: nothing of what it leaves open, an empty state where none is checked. */
export function parametersOf(form: FormData, states: number): URLSearchParams {
  const asked = new URLSearchParams();
  const chosen = form.getAll(STATE).map(String);
  if (chosen.length < states) for (const state of chosen.length ? chosen : [""]) asked.append(STATE, state);
  for (const name of [INDUSTRY, FREE]) {
    const value = String(form.get(name) ?? "");
    if (value) asked.set(name, value);
  }
  return asked;
}
