export type RunStatus = 'SCHEDULED' | 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED';

const STATUS_WORDS: Readonly<Record<RunStatus, string>> = { SCHEDULED: 'Waiting to start', RUNNING: 'Running', FINISHED: 'Finished', FAILED: 'Failed', KILLED: 'Stopped' };

/** A run that says nothing for this long is probably dead: MLflow clients that are killed never say so. */
export const SILENT_AFTER_MS = 10 * 60_000;

export interface RunStanding {
  readonly word: string;
  readonly tone: 'live' | 'quiet' | 'bad' | 'warn';
  /** What is odd about it, in a sentence; null when nothing is. */
  readonly remark: string | null;
}

export interface StandingFacts {
  readonly status: RunStatus;
  readonly startedAt: string | null;
  /** Epoch milliseconds of the newest metric point; 0 when there is none. */
  readonly heardAt: number;
  readonly excluded: { readonly reason: string } | null;
  readonly deletedAt: string | null;
}

/** How a run stands at `now` (epoch milliseconds; null before the browser has a clock), and what a reader should know about it. */
export function runStanding(facts: StandingFacts, now: number | null): RunStanding {
  const word = STATUS_WORDS[facts.status];
  if (facts.deletedAt !== null) return { word: `${word}, deleted`, tone: 'warn', remark: 'This run is deleted: it is kept, and left out of the statistics.' };
  if (facts.excluded !== null) return { word: `${word}, excluded`, tone: 'warn', remark: `Excluded from the statistics: ${facts.excluded.reason}` };
  if (facts.status === 'FAILED') return { word, tone: 'bad', remark: 'This run failed. It stays on record and does not count in the statistics.' };
  if (facts.status === 'KILLED') return { word, tone: 'bad', remark: 'This run was stopped before its end. It does not count in the statistics.' };
  if (facts.status !== 'RUNNING') return { word, tone: 'quiet', remark: null };
  const silent = silentFor(facts, now);
  if (silent === null) return { word, tone: 'live', remark: null };
  return { word: 'Running, silent', tone: 'warn', remark: `Nothing has arrived for ${minutes(silent)}. The process may have died without saying so; if it did, end the run from a client so that it is marked as stopped.` };
}

function silentFor(facts: StandingFacts, now: number | null): number | null {
  const since = Math.max(facts.heardAt, facts.startedAt === null ? 0 : Date.parse(facts.startedAt));
  return now === null || since === 0 || now - since < SILENT_AFTER_MS ? null : now - since;
}

function minutes(ms: number): string {
  const whole = Math.round(ms / 60_000);
  return whole < 120 ? `${whole} min` : whole < 2880 ? `${Math.round(whole / 60)} h` : `${Math.round(whole / 1440)} days`;
}
