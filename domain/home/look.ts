/** From when on what changed is new to a person, and when they last looked; ms since 1970. */
export interface Look { readonly sinceMs: number; readonly lookedAtMs: number }

/** Looks less than this apart are one visit: what was new at its begin stays listed until it is over. */
const VISIT_MS = 30 * 60_000;
/** Who never looked is told of a week, and nobody of more than a month: older news are history. */
const FIRST_MS = 7 * 86_400_000;
const LONGEST_MS = 30 * 86_400_000;

/** From when on things are new to somebody who looks now. */
export function newSince(look: Look | null, nowMs: number): number {
  if (look === null) return nowMs - FIRST_MS;
  const sinceMs = nowMs - look.lookedAtMs > VISIT_MS ? look.lookedAtMs : look.sinceMs;
  return Math.max(sinceMs, nowMs - LONGEST_MS);
}

/** The look as it is kept after the page was seen. `all`: everything up to now was seen, nothing is new any more. Time never runs backwards. */
export function looked(look: Look | null, nowMs: number, all: boolean): Look {
  if (look !== null && look.lookedAtMs > nowMs) return look;
  return { sinceMs: all ? nowMs : newSince(look, nowMs), lookedAtMs: nowMs };
}
