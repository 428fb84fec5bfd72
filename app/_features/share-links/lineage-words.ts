import type { SharedLineage } from '../../../contracts/share-page.ts';

const SAID = { supported: 'supported by the evidence', refuted: 'refuted', equivalent: 'without a difference that matters', open: 'not decided' } as const;

/** "7 experiments: 2 supported by the evidence, 4 refuted, 1 not decided." */
export function triedSentence({ counted }: Pick<SharedLineage, 'counted'>): string {
  const parts = (['supported', 'refuted', 'equivalent', 'open'] as const).flatMap((which) => (counted[which] > 0 ? [`${counted[which]} ${SAID[which]}`] : []));
  const all = counted.supported + counted.refuted + counted.equivalent + counted.open;
  return all === 0 ? 'No experiment is shown.' : `${all} ${all === 1 ? 'experiment' : 'experiments'}: ${parts.join(', ')}.`;
}

/** What a verdict says of an experiment, beside it in a drawing. */
export const FOUND_WORDS: Readonly<Record<NonNullable<SharedLineage['nodes'][number]['outcome']> | 'NONE', string>> = { SUPPORTED: 'supported', REFUTED: 'refuted', EQUIVALENT: 'no difference that matters', INCONCLUSIVE: 'not decided', NONE: 'no verdict yet' };

/** That a step on the way did not help, where it says so itself: the next was built on it all the same. '' where each helped. */
export function setbackSentence({ steps }: Pick<NonNullable<SharedLineage['best']>, 'steps'>): string {
  const without = steps.filter(({ verdict }) => verdict?.outcome !== 'SUPPORTED').length;
  if (without === 0) return '';
  return without === 1 ? 'One step is not supported by the evidence: the next was built on it all the same.' : `${without} steps are not supported by the evidence: the next were built on them all the same.`;
}
