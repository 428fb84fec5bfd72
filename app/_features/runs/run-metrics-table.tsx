'use client';

import Link from 'next/link';
import { valueText } from '../../_charts/number-words.ts';
import { DataTable } from '../../_ui/data-table.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import type { RunDetail } from './run-documents.ts';

type Metric = RunDetail['metrics'][number];

const number = (value: number | null): string => (value === null ? '–' : valueText(value, 6));

/** Last, lowest and highest of each metric. One run has no interval: the head says n = 1 once for all rows. */
export function RunMetricsTable({ run }: { readonly run: RunDetail }) {
  if (run.metrics.length === 0) return <Empty fact="This run logged no metrics." />;
  return (
    <>
      <DataTable<Metric>
        label={`Metrics of ${run.name}`}
        rowKey={(metric) => metric.key}
        rows={run.metrics}
        columns={[
          { key: 'key', head: 'metric', cell: (metric) => <span className="mono">{metric.key}</span> },
          { key: 'last', head: 'last', kind: 'number', cell: (metric) => <span className="font-medium">{metric.last === null ? metric.lastText.replace('-', '−') : number(metric.last)}</span> },
          { key: 'min', head: 'lowest', kind: 'number', leaves: 'narrow', cell: (metric) => number(metric.min) },
          { key: 'max', head: 'highest', kind: 'number', leaves: 'narrow', cell: (metric) => number(metric.max) },
          { key: 'step', head: 'last step', kind: 'number', cell: (metric) => number(metric.lastStep) },
          { key: 'count', head: 'points', kind: 'number', cell: (metric) => metric.count.toLocaleString('en-US') },
        ]}
      />
      <p className="hint mt-2"><span className="n1">n = 1</span> One run has no interval. Its numbers say nothing about a change until repeats stand beside it{run.variant ? <>: <Link href={`/e/${run.experiment.key}`}>see the variant {run.variant.label}</Link></> : null}.</p>
    </>
  );
}
