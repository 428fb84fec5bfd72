'use client';

import { useMemo } from 'react';
import { Empty } from '../../_ui/waiting.tsx';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { defaultColumns, experimentFilter, type RunColumn } from './run-columns.ts';
import { RunsPanel } from './runs-panel.tsx';

/** The columns to begin with. */
export const experimentColumns = ({ hypothesis, metricKeys, changedVariables }: Pick<ExperimentDetail, 'hypothesis' | 'metricKeys' | 'changedVariables'>, metric: string | null): RunColumn[] => defaultColumns({
  metric, guardrails: hypothesis?.guardrails ?? [], metricKeys, of: 'experiment', changedParams: changedVariables.filter((one) => one.kind === 'CONFIG').map((one) => one.name),
});

/** The runs of an experiment. */
export function ExperimentRuns({ experiment, metric }: { readonly experiment: ExperimentDetail; readonly metric: string | null }) {
  const { hypothesis, metricKeys, changedVariables } = experiment;
  const columns = useMemo(() => experimentColumns({ hypothesis, metricKeys, changedVariables }, metric), [metric, hypothesis, metricKeys, changedVariables]);
  return (
    <RunsPanel
      slug={experiment.project.slug} label={`Runs of ${experiment.key}`} scope={experimentFilter(experiment.key)} usualColumns={columns} mayEdit={experiment.viewerCan.edit}
      facts={['status', 'variant', 'seed', 'user', 'started', 'ended', 'took']} none={<Empty fact="No runs yet. A verdict needs at least two on each side." />}
    />
  );
}
