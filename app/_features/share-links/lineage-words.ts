import type { SharedLineage } from '../../../contracts/share-page.ts';

const SAID = { supported: 'supported by the evidence', refuted: 'refuted', equivalent: 'without a difference that matters', open: 'not decided' } as const;

/** "7 experiments: 2 supported by the evidence, 4 refuted, 1 not decided." */
export function triedSentence({ counted }: Pick<SharedLineage, 'counted'>): string {
  const parts = (['supported', 'refuted', 'equivalent', 'open'] as const).flatMap((which) => (counted[which] > 0 ? [`${counted[which]} ${SAID[which]}`] : []));
  const all = counted.supported + counted.refuted + counted.equivalent + counted.open;
  return all === 0 ? 'No experiment is shown.' : `${all} ${all === 1 ? 'experiment' : 'experiments'}: ${parts.join(', ')}.`;
}

/** What a stakeholder reads first: how many steps led to the best, and which was the last. */
export function lineageAnswer({ best, counted }: Pick<SharedLineage, 'best' | 'counted'>): string {
  const last = best?.steps.at(-1);
  if (!best || !last) return `Nothing has been supported yet. ${triedSentence({ counted })}`;
  return best.steps.length === 1 ? `One experiment led to the best ${best.metric}: ${last.name}.` : `${best.steps.length} experiments, one after the other, led to the best ${best.metric}; the last is ${last.name}.`;
}
