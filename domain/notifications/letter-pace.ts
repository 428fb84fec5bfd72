import { isAddressed, type HappeningKind } from './happening.ts';
import { afterQuietHours, type Hours, type MinuteOfDay } from './hours.ts';

/** When the last letter to somebody was written, and how long what follows gathers. */
export interface LetterPace { readonly atMs: number; readonly gapMs: number }

const FIRST_GAP_MS = 2 * 60_000;
const LONGEST_GAP_MS = 15 * 60_000;
/** After any letter. */
const ADDRESSED_GAP_MS = 30_000;

/** The pace after a letter at a moment: two minutes to the next, twice as long while it does not stop, a quarter of an hour at most; anew once nothing came for two gaps. One that left early, for what is addressed, changes no gap. */
export function paceAfter(last: LetterPace | null, nowMs: number): LetterPace {
  const since = last === null ? Infinity : nowMs - last.atMs;
  if (last === null || since >= 2 * last.gapMs) return { atMs: nowMs, gapMs: FIRST_GAP_MS };
  return { atMs: nowMs, gapMs: since < last.gapMs ? last.gapMs : Math.min(2 * last.gapMs, LONGEST_GAP_MS) };
}

/** Until when a letter that tells of these waits, in milliseconds since 1970, quiet hours kept; null when it may leave now. */
export function waitsUntil(kinds: readonly HappeningKind[], { last, hours, nowMs }: { readonly last: LetterPace | null; readonly hours: Hours; readonly nowMs: number }, minuteOfDay: MinuteOfDay): number | null {
  // A clock that was set back holds nothing for long.
  if (last === null || nowMs < last.atMs - last.gapMs) return null;
  const fromMs = last.atMs + (kinds.some(isAddressed) ? Math.min(ADDRESSED_GAP_MS, last.gapMs) : last.gapMs);
  return fromMs <= nowMs ? null : afterQuietHours(fromMs, hours, minuteOfDay);
}
