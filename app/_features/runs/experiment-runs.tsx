'use client';

import { useMemo } from 'react';
import { Empty } from '../../_ui/waiting.tsx';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { defaultColumns, experimentFilter } from './run-columns.ts';
import { RunsPanel } from './runs-panel.tsx';

/** The runs of an experiment. */
export function ExperimentRuns({ experiment, metric }: { readonly experiment: ExperimentDetail; readonly metric: string | null }) {
  const columns = useMemo(() => defaultColumns({
    metric, guardrails: experiment.hypothesis?.guardrails ?? [], metricKeys: experiment.metricKeys, of: 'experiment',
    changedParams: experiment.changedVariables.filter((one) => one.kind === 'CONFIG').map((one) => one.name),
  }), [metric, experiment.hypothesis?.guardrails, experiment.metricKeys, experiment.changedVariables]);
  return (
    <RunsPanel
      slug={experiment.project.slug} label={`Runs of ${experiment.key}`} scope={experimentFilter(experiment.key)} usualColumns={columns} mayEdit={experiment.viewerCan.edit}
      facts={['status', 'variant', 'seed', 'user', 'started', 'ended', 'took']} none={<Empty fact="No runs yet. A verdict needs at least two on each side." />}
    />
  );
}
