'use client';

import Link from 'next/link';
import { tellingFirst } from '../../../domain/metrics/telling.ts';
import { DataTable } from '../../_ui/data-table.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { SingleRun } from '../verdicts/effect.tsx';
import { ailment, type HealthState } from './run-standing.ts';
import { RunSparkline, StepNow, ValueNow } from './run-sparkline.tsx';

export interface RunningRun {
  readonly id: string;
  readonly name: string;
  readonly seed: string | null;
  readonly health: { readonly state: HealthState; readonly reason: string | null };
  readonly startedAt: string | null;
  readonly createdAt: string;
  readonly metrics: readonly { readonly key: string; readonly last: number | null; readonly lastText: string; readonly lastStep: number | null; readonly count: number }[];
  readonly experiment: { readonly key: string; readonly name: string; readonly hypothesis: { readonly metric: string | null } | null };
}

/** The metric worth a glance: the hypothesis', else the one that tells most. */
export function headlineMetric(run: Pick<RunningRun, 'metrics' | 'experiment'>): RunningRun['metrics'][number] | null {
  const wanted = run.experiment.hypothesis?.metric;
  const [telling] = tellingFirst(run.metrics.map(({ key }) => key));
  return run.metrics.find(({ key }) => key === wanted) ?? run.metrics.find(({ key }) => key === telling) ?? null;
}

/** Runs that train at this moment, each with its curve so far. */
export function RunningNow({ runs }: { readonly runs: readonly RunningRun[] }) {
  const rows = runs.map((run) => ({ run, metric: headlineMetric(run) }));
  return (
    <DataTable
      label="Runs that train at this moment" rows={rows} rowKey={({ run }) => run.id}
      columns={[
        { key: 'run', head: 'run', cell: ({ run }) => <><Link className="font-medium hover:text-accent" href={`/r/${run.id}`}>{run.name}</Link><SeedOf run={run} /><Ailment run={run} /><div className="hint"><Link className="id hover:text-accent" href={`/e/${run.experiment.key}`}>{run.experiment.key}</Link> {run.experiment.name}</div></> },
        { key: 'curve', head: 'so far', width: '30%', cell: ({ run, metric }) => (metric ? <RunSparkline run={run.id} metric={metric.key} /> : null) },
        { key: 'metric', head: 'metric', leaves: 'narrow', cell: ({ metric }) => (metric ? <span className="mono text-ink-2">{metric.key}</span> : <span className="hint">nothing logged yet</span>) },
        { key: 'now', head: 'now', kind: 'number', cell: ({ run, metric }) => (metric ? <ValueNow run={run.id} metric={metric} /> : '') },
        { key: 'n', head: 'interval', leaves: 'narrow', cell: ({ metric }) => (metric ? <SingleRun /> : null) },
        { key: 'step', head: 'step', kind: 'number', leaves: 'narrow', cell: ({ run, metric }) => (metric ? <StepNow run={run.id} metric={metric} /> : '') },
        { key: 'since', head: 'since', kind: 'number', leaves: 'narrow', cell: ({ run }) => <RelativeTime short at={run.startedAt ?? run.createdAt} /> },
      ]}
    />
  );
}

/** What is wrong with a run that trains, if anything is. */
function Ailment({ run: { health } }: { readonly run: Pick<RunningRun, 'health'> }) {
  const word = ailment(health);
  return word === null ? null : <span className="warn whitespace-nowrap font-medium" title={health.reason ?? undefined}> {word}</span>;
}

/** The seed, unless the name says it already. */
export const SeedOf = ({ run: { name, seed } }: { readonly run: { readonly name: string; readonly seed: string | null } }) => (
  seed === null || /seed/i.test(name) ? null : <span className="hint whitespace-nowrap"> seed {seed}</span>
);
