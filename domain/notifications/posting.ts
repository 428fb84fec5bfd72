import { isAddressed, isOfRuns, type HappeningKind } from './happening.ts';
import { afterQuietHours, nextDigest, type Hours, type MinuteOfDay } from './hours.ts';
import type { MailPace } from './rules.ts';

/** What comes within this time leaves together. */
const GATHER_MS = 60_000;
/** Somebody waits for an answer to what is meant for a person by name. */
const ADDRESSED_GATHER_MS = 30_000;
/** A channel is looked at by many and wants it sooner. */
export const CHANNEL_GATHER_MS = 10_000;
/** More of what somebody was mailed about already waits longer: they know. Of runs it is looked at sooner, and held until the sweep is quiet. */
const MORE_OF_THE_SAME_MS = 30 * 60_000;
/** Runs of an experiment that still trains are told of when it is done, looked at again after this time … */
const LOOK_AGAIN_MS = 5 * 60_000;
/** … but not later than this after the first, or, where that was told of, after the last. */
const LONGEST_HOLD_MS = 24 * 3_600_000;
/** A sweep rests between its trials: it is over when nothing came of it for so long. */
const QUIET_MS = 4 * 60_000;
/** What is told of runs for the first time leaves when none of their experiment came to an end for so long: short trials leave a moment between them. */
const STILL_MS = 30_000;
/** A channel hears of what went wrong not later than this after the first, however much still comes. */
const LONGEST_TROUBLE_MS = 3 * 60_000;

/** When a notification leaves by mail, in milliseconds since 1970; null when it does not. `posted` are the occurrences that left before. */
export function postAt({ kind, mail, nowMs, posted }: { readonly kind: HappeningKind; readonly mail: MailPace; readonly nowMs: number; readonly posted: number }, hours: Hours, minuteOfDay: MinuteOfDay): number | null {
  if (mail === 'NONE') return null;
  if (mail === 'DIGEST') return nextDigest(nowMs, hours, minuteOfDay);
  const more = isOfRuns(kind) ? LOOK_AGAIN_MS : MORE_OF_THE_SAME_MS;
  return afterQuietHours(nowMs + (posted > 0 ? more : isAddressed(kind) ? ADDRESSED_GATHER_MS : GATHER_MS), hours, minuteOfDay);
}

interface Due {
  readonly kind: HappeningKind;
  readonly to: 'person' | 'channel';
  readonly posted: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** When any run of the experiment was last a thing to tell its recipient. */
  readonly stirredAtMs: number;
  /** Whether a run of the experiment is going. */
  readonly runsGoing: boolean;
}

/**
 * Until when what is due waits on, in milliseconds since 1970; null when it leaves now. A sweep of 500 runs is one message, after the last of them. A person is told of the first failure at once,
 * it may be one that all will share, a channel once nothing more comes for a moment; what goes wrong later is told together, once the sweep is quiet.
 */
export function heldUntil(due: Due, nowMs: number): number | null {
  if (!isOfRuns(due.kind)) return null;
  return due.posted > 0 ? moreHeldUntil(due, nowMs) : firstHeldUntil(due, nowMs);
}

const moreHeldUntil = ({ lastAtMs, runsGoing }: Due, nowMs: number): number | null => (nowMs - lastAtMs < (runsGoing ? LONGEST_HOLD_MS : QUIET_MS) ? nowMs + LOOK_AGAIN_MS : null);

function firstHeldUntil({ kind, to, firstAtMs, stirredAtMs, runsGoing }: Due, nowMs: number): number | null {
  const isTrouble = kind !== 'RUN_FINISHED';
  if (isTrouble && to === 'person') return null;
  const longestMs = firstAtMs + (isTrouble ? LONGEST_TROUBLE_MS : LONGEST_HOLD_MS);
  if (nowMs >= longestMs) return null;
  if (nowMs < stirredAtMs + STILL_MS) return Math.min(stirredAtMs + STILL_MS, longestMs);
  // In a channel it is looked at as often as it may fall still, to leave with what went wrong in the same sweep.
  return !isTrouble && runsGoing ? nowMs + (to === 'channel' ? STILL_MS : LOOK_AGAIN_MS) : null;
}

/** When an attempt failed: 5 s, 30 s, 2 min, 10 min, 1 h, 6 h, 24 h later; then never. */
const RETRIES_MS: readonly number[] = [5_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000, 86_400_000];
/** Milliseconds until the next attempt after `attempts` that failed; null when it is given up. */
export const retryAfter = (attempts: number): number | null => RETRIES_MS[attempts - 1] ?? null;
