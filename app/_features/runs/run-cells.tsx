import type { ReactNode } from 'react';
import { durationText, valueText } from '../../_charts/number-words.ts';
import { formatNumber } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { knownUser } from './known-user.ts';
import { isFact, type Fact, type RunColumn } from './run-columns.ts';
import { ailment } from './run-standing.ts';
import type { TableRun } from './run-table-documents.ts';

const STATUS: Readonly<Record<TableRun['status'], readonly [string, string]>> = { SCHEDULED: ['waiting', 'text-ink-3'], RUNNING: ['running', 'text-accent font-medium'], FINISHED: ['finished', 'text-ink-2'], FAILED: ['failed', 'bad'], KILLED: ['stopped', 'bad'] };

export type Include = ((run: TableRun) => void) | undefined;

function StatusCell({ run, onInclude }: { readonly run: TableRun; readonly onInclude: Include }) {
  const [word, tone] = STATUS[run.status];
  const ailing = ailment(run.health);
  if (run.excluded === null) return ailing === null ? <span className={tone}>{word}</span> : <span className="warn" title={run.health.reason ?? undefined}>{word === 'running' ? ailing : `${word}, ${ailing}`}</span>;
  return (
    <>
      <span className="warn" title={run.excluded.reason}>excluded</span>
      {onInclude && <button type="button" className="lk include" aria-label={`Include ${run.name} again`} title={`Excluded: ${run.excluded.reason}`} onClick={() => onInclude(run)}>include</button>}
    </>
  );
}

function MetricCell({ run, name, decimals }: { readonly run: TableRun; readonly name: string; readonly decimals: number | null }) {
  const metric = run.metrics.find((one) => one.key === name);
  if (metric === undefined) return '–';
  if (metric.last === null) return metric.lastText;
  return <span title={valueText(metric.last, 12)}>{decimals === null ? valueText(metric.last, 5) : formatNumber(metric.last, { decimals })}</span>;
}

const Moment = ({ at }: { readonly at: string | null }) => (at === null ? '–' : <RelativeTime at={at} short />);

const FACT_CELLS: Readonly<Record<Fact, (run: TableRun, onInclude: Include) => ReactNode>> = {
  status: (run, onInclude) => <StatusCell run={run} onInclude={onInclude} />,
  experiment: ({ experiment }) => <a className="lk" href={`/e/${experiment.key}`} title={experiment.name} tabIndex={-1}><span className="id">{experiment.key}</span> {experiment.name}</a>,
  variant: ({ variant }) => <span title={variant?.label}>{variant?.label ?? '–'}</span>,
  seed: ({ seed }) => seed ?? '–',
  user: ({ userName }) => (knownUser(userName) ? userName : '–'),
  started: ({ startedAt }) => <Moment at={startedAt} />,
  ended: ({ endedAt }) => <Moment at={endedAt} />,
  took: ({ durationMs }) => (durationMs === null ? '–' : durationText(durationMs)),
};

/** What a run has in a column. Links are plain: the table opens them all, as a component for each would cost more than the rest of its row. */
export function RunCell({ run, column, decimals, onInclude }: { readonly run: TableRun; readonly column: RunColumn; readonly decimals: number | null; readonly onInclude: Include }) {
  if (column.kind === 'fact') return isFact(column.key) ? FACT_CELLS[column.key](run, onInclude) : null;
  if (column.kind === 'metric') return <MetricCell run={run} name={column.key} decimals={decimals} />;
  const value = (column.kind === 'param' ? run.params : run.tags).find((one) => one.key === column.key)?.value;
  return value === undefined ? '–' : <span className="mono text-12" title={value}>{value}</span>;
}

const NUMBERS: ReadonlySet<string> = new Set(['seed', 'took', 'started', 'ended']);
export const isNumberColumn = (column: RunColumn): boolean => column.kind === 'metric' || (column.kind === 'fact' && NUMBERS.has(column.key));
