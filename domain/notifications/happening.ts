/** What somebody may want to hear of, past tense. */
export const HAPPENING_KINDS = [
  'RUN_FINISHED', 'RUN_FAILED', 'RUN_DIVERGED', 'RUN_STALLED', 'VERDICT_REACHED', 'NEW_BEST', 'NOTEWORTHY', 'REVIEW_REQUESTED', 'REVIEW_DECIDED', 'APPROVAL_STALE', 'MENTIONED', 'REPLIED', 'ACTION_ITEM',
] as const;
export type HappeningKind = (typeof HAPPENING_KINDS)[number];

/** What the words about it need beside its ids; names as they were when it happened. */
export interface HappeningDetail {
  /** A run's name, a metric, an excerpt of what was said, an action item's words. */
  readonly about?: string;
  /** VERDICT_REACHED: the outcome; REVIEW_DECIDED: the decision; RUN_DIVERGED and RUN_STALLED: the reason. */
  readonly said?: string;
  /** Effect with its interval, or n = 1, in words. */
  readonly figures?: string;
  /** Where in Lemma it can be seen, when the experiment's page is not the place: a path. */
  readonly path?: string;
  /** Where on that page, as what follows its path. */
  readonly place?: string;
  /** REPLIED: a guest of a share link said it. */
  readonly byGuest?: boolean;
}

export interface Happening {
  readonly id: string;
  readonly kind: HappeningKind;
  readonly projectId: string;
  readonly experimentId: string | null;
  /** The thing itself: a run, an experiment, a thread, a note, an action item. */
  readonly subjectId: string;
  /** Who did it; null when Lemma found it. Nobody is told what they did themselves. */
  readonly actorId: string | null;
  /** People it is meant for by name: who was asked, mentioned, answered. */
  readonly addresseeIds: readonly string[];
  readonly detail: HappeningDetail;
  readonly at: Date;
}

/** Kinds of which a sweep makes hundreds: those of one experiment are one notification, and wait until its runs are done. */
const OF_RUNS: ReadonlySet<HappeningKind> = new Set<HappeningKind>(['RUN_FINISHED', 'RUN_FAILED', 'RUN_DIVERGED', 'RUN_STALLED']);
export const isOfRuns = (kind: HappeningKind): boolean => OF_RUNS.has(kind);
/** Of which kinds those are. */
export const RUN_KINDS: readonly HappeningKind[] = [...OF_RUNS];

/** What is meant for somebody by name has a person waiting behind it. */
const ADDRESSED: ReadonlySet<HappeningKind> = new Set<HappeningKind>(['REVIEW_REQUESTED', 'REVIEW_DECIDED', 'MENTIONED', 'ACTION_ITEM']);
export const isAddressed = (kind: HappeningKind): boolean => ADDRESSED.has(kind);

/** What counts as more of the same, for one recipient, while it is unread. */
export function groupOf({ kind, projectId, experimentId, subjectId, detail }: Pick<Happening, 'kind' | 'projectId' | 'experimentId' | 'subjectId' | 'detail'>): string {
  // Each comment of a guest is a thread of its own; those about one thing are told together.
  if (detail.byGuest === true) return `${kind}:guests:${experimentId ?? detail.path ?? projectId}`;
  return isOfRuns(kind) && experimentId !== null ? `${kind}:${experimentId}` : `${kind}:${subjectId}`;
}
