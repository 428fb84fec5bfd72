export type HealthState = 'HEALTHY' | 'STALLED' | 'DIVERGED' | 'LOST' | 'CRASHED';
export type RunStatus = 'SCHEDULED' | 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED';

const STATUS_WORDS: Readonly<Record<RunStatus, string>> = { SCHEDULED: 'Waiting to start', RUNNING: 'Running', FINISHED: 'Finished', FAILED: 'Failed', KILLED: 'Stopped' };

export interface RunStanding {
  readonly word: string;
  readonly tone: 'live' | 'quiet' | 'bad' | 'warn';
  /** What is odd about it, in a sentence; null when nothing is. */
  readonly remark: string | null;
}

export interface StandingFacts {
  readonly status: RunStatus;
  readonly health: { readonly state: HealthState; readonly reason: string | null };
  readonly excluded: { readonly reason: string } | null;
  readonly deletedAt: string | null;
  readonly removedFrom: string | null;
}

/** Words for a run that trains and is not as it should be. */
const AILING: Readonly<Record<HealthState, string | null>> = { HEALTHY: null, STALLED: 'stalled', DIVERGED: 'diverged', LOST: 'lost', CRASHED: null };

/** "stalled", "diverged" or "lost"; null for a run that is well, and for one whose status says that it crashed. */
export const ailment = (health: { readonly state: HealthState }): string | null => AILING[health.state];

/** Until when what was deleted can be brought back. */
export const keptUntil = (removedFrom: string | null): string => (removedFrom === null ? 'It is kept, and can be restored.' : `It can be restored until ${removedFrom.slice(0, 10)}; then it is removed for good.`);

/** How a run stands, and what a reader should know about it. */
export function runStanding(facts: StandingFacts): RunStanding {
  const word = STATUS_WORDS[facts.status];
  if (facts.deletedAt !== null) return { word: `${word}, deleted`, tone: 'warn', remark: `This run is deleted and left out of the statistics. ${keptUntil(facts.removedFrom)}` };
  if (facts.excluded !== null) return { word: `${word}, excluded`, tone: 'warn', remark: `Excluded from the statistics: ${facts.excluded.reason}` };
  if (facts.status === 'FAILED') return { word, tone: 'bad', remark: 'This run failed. It stays on record and does not count in the statistics.' };
  if (facts.status === 'KILLED') return { word, tone: 'bad', remark: 'This run was stopped before its end. It does not count in the statistics.' };
  const ailing = ailment(facts.health);
  if (ailing !== null) return { word: `${word}, ${ailing}`, tone: 'warn', remark: facts.health.reason };
  return { word, tone: facts.status === 'RUNNING' ? 'live' : 'quiet', remark: null };
}
