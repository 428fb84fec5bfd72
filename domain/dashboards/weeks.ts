import { badInput } from '../refusal.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
export const MOST_WEEKS = 52;

export function checkWeeks(weeks: number): number {
  if (!Number.isInteger(weeks) || weeks < 1 || weeks > MOST_WEEKS) throw badInput('dashboard/weeks', `weeks is ${weeks}; a dashboard looks back 1 to ${MOST_WEEKS} weeks.`);
  return weeks;
}

/** Monday, 00:00 UTC, of the week of a moment; ms since 1970. */
export function weekOf(moment: number): number {
  const day = Math.floor(moment / DAY_MS);
  // Day 0 of Unix time was a Thursday.
  return (day - ((day + 3) % 7)) * DAY_MS;
}

/** The Mondays of the last so many weeks, this one included, oldest first. */
export const lastWeeks = (nowMs: number, weeks: number): readonly number[] => Array.from({ length: weeks }, (_, index) => weekOf(nowMs) - (weeks - 1 - index) * WEEK_MS);
