/** Why something waits for a person. */
export const NEED_KINDS = ['REVIEW', 'STALE_APPROVAL', 'FAILURE', 'MENTION', 'ACTION', 'EXPLORATORY'] as const;
export type NeedKind = (typeof NEED_KINDS)[number];

/** Something that waits for one person. */
export interface Need {
  /** Of the review, notification or action item, or made of kind and experiment; one and the same need keeps it. */
  readonly id: string;
  readonly kind: NeedKind;
  readonly title: string;
  /** Why it waits for them, as words behind the title. */
  readonly reason: string;
  readonly path: string;
  readonly experimentId: string | null;
  readonly at: Date;
  /** ISO day by which it is due, of action items that have one. */
  readonly dueOn: string | null;
}

/** More than this is not one list any more; each kind's own page has the rest. */
export const MOST_NEEDS = 50;

/**
 * The order of "needs you": what is due first, because time makes it worse; then what others wait for, what no longer holds, what broke, what was said, what is to do, what is unfinished.
 * Within a kind the newest is first; among what is due, the longest overdue.
 */
export function orderNeeds(needs: readonly Need[], today: string): readonly Need[] {
  const rank = ({ kind, dueOn }: Need): number => (dueOn !== null && dueOn <= today ? -1 : NEED_KINDS.indexOf(kind));
  return needs.toSorted((a, b) => rank(a) - rank(b) || dueOrder(a, b) || b.at.getTime() - a.at.getTime() || (a.id < b.id ? -1 : 1));
}

/** Those without a day come after those with one. */
function dueOrder(a: Need, b: Need): number {
  if (a.dueOn === b.dueOn) return 0;
  if (a.dueOn === null) return 1;
  return b.dueOn === null || a.dueOn < b.dueOn ? -1 : 1;
}

/** "due tomorrow", "2 days overdue, was due on 2026-05-01"; `days` from today until then, in UTC, as days are kept. */
export function dueWords(dueOn: string | null, days: number): string {
  if (dueOn === null) return 'no day set';
  if (days < 0) return `${-days} ${days === -1 ? 'day' : 'days'} overdue, was due on ${dueOn}`;
  if (days === 0) return 'due today';
  return days === 1 ? 'due tomorrow' : `due on ${dueOn}`;
}

/** "2 of 10 runs failed", with what the latest said. */
export function failureWords({ failed, runs, unwell, latest }: { readonly failed: number; readonly runs: number; /** Running, but diverged, stalled or lost. */ readonly unwell: number; readonly latest: string }): string {
  const parts = [failed > 0 ? `${failed} of ${runs} ${runs === 1 ? 'run' : 'runs'} failed` : '', unwell > 0 ? `${unwell} ${unwell === 1 ? 'is' : 'are'} running but unwell` : ''].filter((part) => part !== '');
  return `${parts.join(', ')}; the latest is ${latest}`;
}
