import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { fits, type Frozen } from './evidence.ts';
import { isKnown, listIn, type Known } from './known.ts';

/** Rows of a frozen table of runs. */
export const MOST_FROZEN_RUNS = 40;

/** Of an experiment what a verdict or a comparison needs to be drawn again. People, reviews and rights are not kept: they are not evidence. */
export function keptExperiment(experiment: ExperimentDetail, { metric, of }: { readonly metric: string | null; readonly of: 'verdict' | 'comparison' }): Frozen['content'] {
  const { id, key, name, exploratory, hypothesis, baseline, verdict, variants, project } = experiment;
  const base = {
    id, key, name, exploratory, baseline, metricKeys: [], verdictPending: false, project: { id: project.id, slug: project.slug, name: project.name },
    hypothesis: hypothesis && { ...hypothesis, author: null }, viewerCan: { edit: false, comment: false },
  };
  const keep = (most: number) => ({ metric, experiment: { ...base, verdict: of === 'verdict' ? verdict && { ...verdict, leftOut: verdict.leftOut.slice(0, most), comparisons: verdict.comparisons.slice(0, most) } : null, variants: of === 'comparison' ? variants.slice(0, most).map((variant) => ({ ...variant, changed: variant.changed.slice(0, 4) })) : [] } });
  for (const most of [100, 50, 25]) if (fits(keep(most))) return keep(most);
  return keep(10);
}

/** An experiment as a note kept it; null where it is none. Deeper lies are caught where it is drawn. */
export function experimentFrom(content: Known): { readonly experiment: ExperimentDetail; readonly metric: string | null } | null {
  const { experiment, metric } = content;
  if (!isKnown(experiment) || typeof experiment['key'] !== 'string' || !isKnown(experiment['project']) || !Array.isArray(experiment['variants'])) return null;
  const own = { ...experiment, metricKeys: [], variants: listIn(experiment, 'variants').filter(isKnown), viewerCan: { edit: false, comment: false } };
  return { experiment: own as unknown as ExperimentDetail, metric: typeof metric === 'string' ? metric : null };
}
