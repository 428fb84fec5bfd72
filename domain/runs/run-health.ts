/** How a run is doing. Of a run that trains: heard as usual, silent, its numbers gone wrong, or its process gone. Of one that failed or was stopped: crashed. */
export type RunHealthState = 'HEALTHY' | 'STALLED' | 'DIVERGED' | 'LOST' | 'CRASHED';

export interface RunHealth {
  readonly state: RunHealthState;
  /** Since when, as far as is known; null while healthy. */
  readonly since: Date | null;
  /** A sentence for who looks at the run; null while healthy. */
  readonly reason: string | null;
}

/** A series that says whether training goes well: the hypothesis' metrics, and losses. */
export interface WatchedSeries {
  readonly key: string;
  readonly count: number;
  readonly lastValue: number;
  /** Of the last point; null where its client's clock says no moment. */
  readonly lastAt: Date | null;
  readonly lastStep: number;
  readonly minValue: number | null;
  readonly maxValue: number | null;
  readonly minStep: number | null;
  readonly maxStep: number | null;
}

/** What is known of a run that trains. */
export interface RunSigns {
  /** When Lemma first heard of it. */
  readonly startedAt: Date;
  /** When a point or a line last arrived; null before the first. */
  readonly loggedAt: Date | null;
  /** When its process last said that it lives; null when it never did. */
  readonly beatAt: Date | null;
  /** Seconds between the last times it was heard, as far as they were noted. */
  readonly intervals: readonly number[];
  readonly watched: readonly WatchedSeries[];
}

/** A silence shorter than this says nothing. */
export const LEAST_PATIENCE_S = 5 * 60;
/** Before a rhythm is known: the first epoch may be long. */
export const FIRST_PATIENCE_S = 30 * 60;
/** A run may be silent for so many of its usual pauses. */
const PAUSES = 10;
/** Intervals that make a rhythm, and how many are remembered. */
const LEAST_INTERVALS = 3;
export const MOST_INTERVALS = 15;
/** A silence of so many patiences, without a heartbeat ever, is a process that is gone. */
const GONE_AFTER = 12;
/** A loss that stands at its peak, so much above its best, is running away. */
const EXPLODED = 100;
const LEAST_POINTS = 10;

/** How long this run may be silent, in seconds: ten of its usual pauses, and at least five minutes. */
export function patienceS(intervals: readonly number[]): number {
  if (intervals.length < LEAST_INTERVALS) return FIRST_PATIENCE_S;
  const sorted = intervals.toSorted((a, b) => a - b);
  return Math.max(LEAST_PATIENCE_S, PAUSES * (sorted[Math.floor(sorted.length / 2)] ?? 0));
}

/** When the run was last heard in any way. */
export const heardAt = ({ startedAt, loggedAt, beatAt }: Pick<RunSigns, 'startedAt' | 'loggedAt' | 'beatAt'>): Date => later(later(startedAt, loggedAt), beatAt);

const later = (one: Date, other: Date | null): Date => (other !== null && other > one ? other : one);

/** The intervals after the run was heard anew. */
export function withInterval(intervals: readonly number[], before: Date | null, now: Date): number[] {
  const seconds = before === null ? 0 : (now.getTime() - before.getTime()) / 1000;
  return seconds > 0 ? [...intervals, seconds].slice(-MOST_INTERVALS) : [...intervals];
}

/** How a run that trains is doing at `now`. Silence first: who is gone cannot recover from a bad number. */
export function healthNow(signs: RunSigns, now: Date): RunHealth {
  return silence(signs, now) ?? divergence(signs.watched) ?? { state: 'HEALTHY', since: null, reason: null };
}

function silence({ startedAt, loggedAt, beatAt, intervals }: RunSigns, now: Date): RunHealth | null {
  const patience = patienceS(intervals);
  const silentS = (since: Date): number => (now.getTime() - since.getTime()) / 1000;
  const heard = heardAt({ startedAt, loggedAt, beatAt });
  // A process that beats is there, however rarely it logs: what it logs is then judged by its own silence, with more patience.
  const beats = beatAt !== null && silentS(beatAt) < LEAST_PATIENCE_S;
  const quiet = beats ? later(startedAt, loggedAt) : heard;
  if (silentS(quiet) < (beats ? Math.max(patience, FIRST_PATIENCE_S) : patience)) return null;
  if (beats) return { state: 'STALLED', since: quiet, reason: 'The process lives, and nothing was logged for long: it may hang.' };
  if (beatAt !== null) return { state: 'LOST', since: heard, reason: 'Its process said that it lives, and then stopped to: it is gone, and nobody ended the run.' };
  if (silentS(heard) >= patience * GONE_AFTER) return { state: 'LOST', since: heard, reason: 'Nothing has arrived for so long that its process is probably gone. If it is, end the run, so that it is marked as stopped.' };
  return { state: 'STALLED', since: heard, reason: loggedAt === null ? 'It was started and has logged nothing since.' : 'Nothing has arrived for much longer than usual for this run.' };
}

function divergence(watched: readonly WatchedSeries[]): RunHealth | null {
  for (const series of watched) {
    if (!Number.isFinite(series.lastValue)) return { state: 'DIVERGED', since: series.lastAt, reason: `${series.key} is ${Number.isNaN(series.lastValue) ? 'NaN' : 'infinite'} at step ${series.lastStep}.` };
    if (hasExploded(series)) return { state: 'DIVERGED', since: series.lastAt, reason: `${series.key} ran away: ${series.lastValue.toPrecision(3)} at step ${series.lastStep}, after it had been as low as ${(series.minValue ?? 0).toPrecision(3)}.` };
  }
  return null;
}

const LOSS = /(^|[/_.\-\s])loss($|[/_.\-\s])/i;

/** Whether a series is called a loss, and so better when lower. */
export const isLoss = (key: string): boolean => LOSS.test(key);

/** Losses only: that they fell and now stand higher than ever says the same in any unit. A false alarm costs more than a late one. */
function hasExploded({ key, count, lastValue, minValue, maxValue, minStep, maxStep }: WatchedSeries): boolean {
  if (!isLoss(key) || count < LEAST_POINTS || minValue === null || maxValue === null || minStep === null || maxStep === null) return false;
  return lastValue === maxValue && minStep < maxStep && lastValue >= EXPLODED * Math.max(1, Math.abs(minValue));
}

/** What changed, as an event says it; null when nothing did. */
export function healthEvent(before: RunHealthState, now: RunHealthState): 'stalled' | 'diverged' | 'lost' | 'recovered' | null {
  if (before === now) return null;
  return now === 'STALLED' ? 'stalled' : now === 'DIVERGED' ? 'diverged' : now === 'LOST' ? 'lost' : 'recovered';
}

/** What is kept of a run's last look, and its status, together: a status that says how a run ended says more than any look. */
export function healthOf(run: { readonly status: string; readonly endedAt: Date | null }, looked: RunHealth | null): RunHealth {
  if (run.status === 'FAILED') return { state: 'CRASHED', since: run.endedAt, reason: 'The run ended with an error.' };
  if (run.status === 'KILLED') return { state: 'CRASHED', since: run.endedAt, reason: 'The run was stopped before its end.' };
  if (looked === null || looked.state === 'HEALTHY') return { state: 'HEALTHY', since: null, reason: null };
  // A run that finished was not silent after all; numbers that went wrong stay wrong.
  return run.status === 'RUNNING' || looked.state === 'DIVERGED' ? looked : { state: 'HEALTHY', since: null, reason: null };
}
