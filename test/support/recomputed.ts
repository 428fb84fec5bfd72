import { intervalOf, paired, pValueOf } from '../../domain/statistics/comparison.ts';
import { holm } from '../../domain/statistics/many-tests.ts';
import type { LemmaClient } from './lemma-client.ts';

/** What the runs of a treatment say against the baseline's with the same seeds; above zero is as hypothesised. */
export interface Finding {
  readonly label: string;
  readonly repeats: number;
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  /** After Holm, when there are several treatments. */
  readonly p: number;
}

interface Variant { readonly label: string; readonly role: 'BASELINE' | 'TREATMENT'; readonly runs: readonly { readonly id: string; readonly seed: string | null }[] }
interface Answer { readonly experiment: { readonly hypothesis: { readonly metric: string; readonly direction: 'INCREASE' | 'DECREASE' }; readonly variants: readonly Variant[] } }
const VARIANTS = 'query($key: String!) { experiment(key: $key) { hypothesis { metric direction } variants { label role runs { id seed } } } }';

/** The findings of an experiment, computed here from the last value that each run logged, as MLflow's own client would read it. */
export async function recomputed(client: LemmaClient, key: string): Promise<readonly Finding[]> {
  const { experiment: { hypothesis, variants } } = await client.graphql<Answer>(VARIANTS, { key });
  const sign = hypothesis.direction === 'INCREASE' ? 1 : -1;
  const valueOf = async (run_id: string): Promise<number> => {
    const { metrics } = await client.trackGet<{ metrics: readonly { readonly value: number; readonly step: number }[] }>('metrics/get-history', { run_id, metric_key: hypothesis.metric });
    return sign * (metrics.toSorted((a, b) => a.step - b.step).at(-1)?.value ?? Number.NaN);
  };
  const valuesOf = async ({ runs }: Variant): Promise<readonly number[]> => Promise.all(runs.toSorted((a, b) => Number(a.seed) - Number(b.seed)).map(({ id }) => valueOf(id)));
  const baseline = variants.find(({ role }) => role === 'BASELINE');
  if (!baseline) throw new Error(`${key} has no baseline.`);
  const against = await valuesOf(baseline);
  const findings = await Promise.all(variants.filter((variant) => variant !== baseline).map(async (variant) => {
    const comparison = paired(await valuesOf(variant), against);
    if (comparison.kind !== 'measured') throw new Error(`${variant.label} cannot be compared: ${comparison.kind}`);
    return { label: variant.label, repeats: variant.runs.length, effect: comparison.difference, ...intervalOf(comparison, 0.95), p: pValueOf(comparison) };
  }));
  const corrected = holm(findings.map(({ p }) => p));
  return findings.map((finding, index) => ({ ...finding, p: corrected[index] ?? Number.NaN }));
}
