import type { ExperimentDetail } from '../experiments/experiment-documents.ts';

export type Review = ExperimentDetail['reviews'][number];

const happenedAt = ({ decidedAt, createdAt }: Review): string => decidedAt ?? createdAt;

/**
 * What each reviewer says now, oldest first: the newest request or decision that nobody dismissed, and their newest word. All else that was ever decided is the rest of the record,
 * newest first. An approval is not covered by a comment, which takes no stand, nor by what was dismissed after it.
 */
export function recordOf(reviews: readonly Review[]): { readonly now: readonly Review[]; readonly earlier: readonly Review[] } {
  const inOrder = reviews.toSorted((a, b) => happenedAt(a).localeCompare(happenedAt(b)));
  const shown = new Set([...Map.groupBy(inOrder, ({ reviewer }) => reviewer.id).values()].flatMap((own) => [own.findLast(({ state, dismissal }) => state !== 'COMMENTED' && dismissal === null), own.at(-1)]));
  return { now: inOrder.filter((review) => shown.has(review)), earlier: inOrder.filter((review) => !shown.has(review) && review.decidedAt !== null).toReversed() };
}
