import { effectScale, type Scale } from '../verdicts/interval-geometry.ts';
import type { HomeExperiment } from './home-query.ts';

type Judged = Pick<HomeExperiment, 'hypothesis'> & { readonly verdict: Pick<NonNullable<HomeExperiment['verdict']>, 'metric' | 'effect' | 'ciLow' | 'ciHigh'> | null };

/** Effects of one metric share one scale; different metrics have different units and never do. */
export function effectScales(experiments: readonly Judged[]): ReadonlyMap<string, Scale> {
  const metrics = new Set(experiments.map((experiment) => experiment.verdict?.metric ?? ''));
  return new Map([...metrics].map((metric) => {
    const same = experiments.filter((experiment) => experiment.verdict?.metric === metric);
    return [metric, effectScale(same.map(({ verdict }) => ({ mid: verdict?.effect ?? null, low: verdict?.ciLow ?? null, high: verdict?.ciHigh ?? null })), same.map(({ hypothesis }) => hypothesis?.minEffect))];
  }));
}
