'use client';

import { useMemo } from 'react';
import { count } from '../../_ui/numbers.ts';
import { Empty, ErrorNote, Loading } from '../../_ui/waiting.tsx';
import type { GridSubject } from '../metrics/grid.ts';
import { MetricGrid } from '../metrics/metric-grid.tsx';
import { RunsLegend } from '../metrics/runs-legend.tsx';
import { useGridRuns, useRunsCurves } from '../metrics/use-grid-runs.ts';
import type { ExperimentDetail } from './experiment-documents.ts';

const NONE: ReadonlyMap<string, never> = new Map<string, never>();

/** Every metric of an experiment's runs; `only` names some of them. */
export function ExperimentCharts({ experiment, only = null }: { readonly experiment: ExperimentDetail; readonly only?: readonly string[] | null }) {
  const filter = only === null ? `experiment = '${experiment.key}'` : `experiment = '${experiment.key}' AND run_id IN (${only.map((id) => `'${id}'`).join(', ')})`;
  const question = { slug: experiment.project.slug, filter, version: `${experiment.runCount} ${experiment.activeRunCount} ${experiment.evidenceDigest} ${experiment.evidence.excludedRuns}` };
  const { runs, total, loading, failure } = useGridRuns(question);
  const store = useRunsCurves(question, runs, experiment.metricKeys);
  const order = useMemo(() => experiment.variants.map(({ id }) => id), [experiment.variants]);
  if (failure !== null) return <ErrorNote title="The runs could not be read.">{failure.message}</ErrorNote>;
  if (loading) return <Loading rows={8} label="Reading the runs" />;
  if (runs.length === 0) return <Empty fact="No run has logged a metric yet." />;
  const baselineId = experiment.baseline?.id ?? null;
  const subject: GridSubject = { store, runs, order, baselineId, name: experiment.key, bands: NONE, pins: NONE };
  return (
    <MetricGrid
      subject={subject}
      legend={<RunsLegend subject={subject} note={total > runs.length ? `The newest ${count(runs.length, 'run')} of ${total.toLocaleString('en-US')}.` : null} />}
      empty={<Empty fact="No run has logged a metric yet." />}
    />
  );
}
