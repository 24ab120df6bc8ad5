// Loaded when a poll asks for it.
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";

/** The work that a challenge (JSON) asks of the reader's device, as the CMS takes it. */
export async function solve(challenge: string): Promise<string> {
  const parsed = JSON.parse(challenge);
  const solution = await solveChallenge({ challenge: parsed, deriveKey });
  return btoa(JSON.stringify({ challenge: parsed, solution }));
}
