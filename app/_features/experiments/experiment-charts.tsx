'use client';

import { useMemo } from 'react';
import { chartViewFrom } from '../../_charts/chart-view.ts';
import { graphql } from '../../_graphql/graphql.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { count } from '../../_ui/numbers.ts';
import { NotRead } from '../../_ui/not-read.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import type { GridSubject } from '../metrics/grid.ts';
import { gridViewFrom } from '../metrics/grid-view.ts';
import { MetricGrid } from '../metrics/metric-grid.tsx';
import type { Averaging } from '../metrics/read-averages.ts';
import { RunsLegend } from '../metrics/runs-legend.tsx';
import { useGridRuns, useRunsCurves } from '../metrics/use-grid-runs.ts';
import { useChartThreads } from '../threads/use-chart-threads.tsx';
import type { ExperimentDetail } from './experiment-documents.ts';

const MetricKeysQuery = graphql(`query ExperimentMetricKeys($key: String!) { experiment(key: $key) { id metricKeys(first: 10000) } }`);
/** The names of all metrics of an experiment. Asked by its page too, so that they are read beside the experiment and not after it. */
export const useMetricKeys = (key: string, pause = false) => useQuery({ query: MetricKeysQuery, variables: { key }, pause });
const NO_KEYS: readonly string[] = [];
const NO_BANDS: ReadonlyMap<string, never> = new Map<string, never>();

/** Every metric of an experiment's runs; `only` names some of them. */
export function ExperimentCharts({ experiment, only = null }: { readonly experiment: ExperimentDetail; readonly only?: readonly string[] | null }) {
  const { store, runs, byVariant, left, loading, failure, again } = useCurvesOf(experiment, only);
  const { pins, onComment, dialog } = useChartThreads(experiment.id, experiment.viewerCan.comment, () => experiment.evidenceDigest);
  const order = useMemo(() => experiment.variants.map(({ id }) => id), [experiment.variants]);
  if (failure !== null) return <NotRead title="The runs could not be read." failure={failure} again={again} />;
  if (loading) return <Loading rows={8} label="Reading the runs" />;
  const subject: GridSubject = { store, runs, order, byVariant, baselineId: experiment.baseline?.id ?? null, name: experiment.key, bands: NO_BANDS, pins, onComment };
  const nothing = <Empty fact="No run has logged a metric yet." />;
  return runs.length === 0 ? nothing : <><MetricGrid subject={subject} legend={<RunsLegend subject={subject} note={left} />} empty={nothing} />{dialog}</>;
}

function useCurvesOf(experiment: ExperimentDetail, only: readonly string[] | null) {
  const filter = only === null ? `experiment = '${experiment.key}'` : `experiment = '${experiment.key}' AND run_id IN (${only.map((id) => `'${id}'`).join(', ')})`;
  const question = { slug: experiment.project.slug, filter, version: `${experiment.runCount} ${experiment.activeRunCount} ${experiment.evidenceDigest} ${experiment.evidence.excludedRuns}` };
  const { runs, total, loading, failure, again: readRuns } = useGridRuns(question);
  const [{ data, error }, readKeys] = useMetricKeys(experiment.key);
  const byVariant = only === null && runs.length > 1;
  const averaging = useAveraging(experiment, byVariant);
  const store = useRunsCurves(question, { runs, keys: data?.experiment?.metricKeys ?? NO_KEYS, averaging });
  const again = (): void => { readRuns(); readKeys(); };
  const left = total > runs.length ? `The newest ${count(runs.length, 'run')} of ${total.toLocaleString('en-US')}.` : null;
  return { store, runs, byVariant, left, loading: loading || data === undefined, failure: failure ?? failureOf(error), again };
}

/** How the address wants variants averaged; null where a line is a run. */
function useAveraging({ key, variants }: ExperimentDetail, byVariant: boolean): Averaging | null {
  const { params } = useAddress();
  const { lines, spread } = gridViewFrom(params);
  const { xKind } = chartViewFrom(params);
  const variantCount = variants.length;
  const averaged = byVariant && lines === 'variants';
  return useMemo(() => (averaged ? { experimentKey: key, variantCount, spread, xKind } : null), [averaged, key, variantCount, spread, xKind]);
}
