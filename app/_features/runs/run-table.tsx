'use client';

import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { useEffect, useMemo, useRef } from 'react';
import { durationText, valueText } from '../../_charts/number-words.ts';
import { formatNumber } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { columnId, sharedDecimals, type RunColumn } from './run-columns.ts';
import { ailment } from './run-standing.ts';
import type { TableRun } from './run-table-documents.ts';

export interface RunTableProps {
  readonly label: string;
  readonly rows: readonly TableRun[];
  readonly columns: readonly RunColumn[];
  readonly sort: string | null;
  readonly onSort: (id: string) => void;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: readonly string[], chosen: boolean) => void;
  /** Reads the next rows; null when there are none, or they are on their way. */
  readonly onEnd: (() => void) | null;
  /** Counts an excluded run again; left out where one may not. */
  readonly onInclude?: ((run: TableRun) => void) | undefined;
}

const features = tableFeatures({});
const helper = createColumnHelper<typeof features, TableRun>();
const ROW = 32;

/** Runs as rows, only those in view drawn: ten thousand scroll like ten. */
export function RunTable({ label, rows, columns, sort, onSort, chosen, onChoose, onEnd, onInclude }: RunTableProps) {
  const box = useRef<HTMLDivElement>(null);
  const decimals = useMemo(() => new Map(columns.filter((column) => column.kind === 'metric').map(({ key }) => [key, sharedDecimals(rows.map((run) => run.metrics.find((one) => one.key === key)?.last ?? null))])), [columns, rows]);
  const definitions = useMemo(() => helper.columns([
    helper.display({ id: 'name', header: 'run', cell: ({ row }) => <Link className="lk" href={`/r/${row.original.id}`} title={row.original.name}>{row.original.name}</Link> }),
    helper.display({ id: 'status', header: 'status', cell: ({ row }) => <StatusCell run={row.original} onInclude={onInclude} /> }),
    helper.display({ id: 'variant', header: 'variant', cell: ({ row }) => <span title={row.original.variant?.label}>{row.original.variant?.label ?? '–'}</span> }),
    helper.display({ id: 'seed', header: 'seed', cell: ({ row }) => row.original.seed ?? '–' }),
    ...columns.map((column) => helper.display({ id: columnId(column), header: column.key, cell: ({ row }) => <ValueCell run={row.original} column={column} decimals={decimals.get(column.key) ?? null} /> })),
    helper.display({ id: 'started', header: 'started', cell: ({ row }) => (row.original.startedAt === null ? '–' : <RelativeTime at={row.original.startedAt} />) }),
    helper.display({ id: 'took', header: 'took', cell: ({ row }) => (row.original.durationMs === null ? '–' : durationText(row.original.durationMs)) }),
  ]), [columns, decimals, onInclude]);
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({ features, columns: definitions, data, getRowId: (row) => row.id });
  const lines = table.getRowModel().rows;
  // oxlint-disable-next-line react/incompatible-library -- the rule guards React's compiler, which these pages do not use
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 12 });
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const atEnd = last !== undefined && last.index >= lines.length - 20;
  useEffect(() => {
    if (atEnd) onEnd?.();
  }, [atEnd, onEnd]);
  const all = rows.length > 0 && rows.every((row) => chosen.has(row.id));
  const width = definitions.length + 1;
  return (
    <div className="vtable" ref={box} tabIndex={0} role="region" aria-label={label}>
      <table className="tb compact" aria-rowcount={lines.length + 1}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              <th className="sel"><input type="checkbox" aria-label="Choose all shown" checked={all} onChange={() => onChoose(rows.map((row) => row.id), !all)} /></th>
              {group.headers.map((header) => <Head key={header.id} id={header.column.id} sort={sort} onSort={onSort} ><table.FlexRender header={header} /></Head>)}
            </tr>
          ))}
        </thead>
        <tbody>
          {first !== undefined && first.start > 0 && <tr aria-hidden="true"><td colSpan={width} style={{ height: first.start, padding: 0, border: 0 }} /></tr>}
          {items.map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            return (
              <tr key={line.id} aria-rowindex={item.index + 2} aria-selected={chosen.has(line.id)}>
                <td className="sel"><input type="checkbox" aria-label={`Choose ${line.original.name}`} checked={chosen.has(line.id)} onChange={() => onChoose([line.id], !chosen.has(line.id))} /></td>
                {line.getAllCells().map((cell) => <td key={cell.id} className={classOf(cell.column.id)}><table.FlexRender cell={cell} /></td>)}
              </tr>
            );
          })}
          {last !== undefined && virtual.getTotalSize() > last.end && <tr aria-hidden="true"><td colSpan={width} style={{ height: virtual.getTotalSize() - last.end, padding: 0, border: 0 }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}

const SORTABLE = /^(name|status|started|[mpt]:.*)$/;

const isNumber = (id: string): boolean => id.startsWith('m:') || id === 'took' || id === 'seed';

/** On narrow screens what the name says already leaves first: the numbers stay. */
const LEAVES: ReadonlySet<string> = new Set(['variant', 'seed', 'started', 'took']);

const classOf = (id: string): string => `${isNumber(id) ? 'num' : ''}${LEAVES.has(id) ? ' p2' : ''}`;

function Head({ id, sort, onSort, children }: { readonly id: string; readonly sort: string | null; readonly onSort: (id: string) => void; readonly children: React.ReactNode }) {
  const className = classOf(id);
  if (!SORTABLE.test(id)) return <th scope="col" className={className}>{children}</th>;
  const up = sort === id;
  const down = sort === `-${id}`;
  return (
    <th scope="col" className={className} {...(up ? { 'aria-sort': 'ascending' as const } : down ? { 'aria-sort': 'descending' as const } : {})}>
      <button type="button" onClick={() => onSort(id)}>{children}{up ? ' ↑' : down ? ' ↓' : ''}</button>
    </th>
  );
}

const STATUS: Readonly<Record<TableRun['status'], readonly [string, string]>> = { SCHEDULED: ['waiting', 'text-ink-3'], RUNNING: ['running', 'text-accent font-medium'], FINISHED: ['finished', 'text-ink-2'], FAILED: ['failed', 'bad'], KILLED: ['stopped', 'bad'] };

function StatusCell({ run, onInclude }: { readonly run: TableRun; readonly onInclude: RunTableProps['onInclude'] }) {
  const [word, tone] = STATUS[run.status];
  if (run.excluded !== null) {
    return (
      <>
        <span className="warn" title={run.excluded.reason}>excluded</span>
        {onInclude && <button type="button" className="lk include" aria-label={`Include ${run.name} again`} title={`Excluded: ${run.excluded.reason}`} onClick={() => onInclude(run)}>include</button>}
      </>
    );
  }
  const ailing = ailment(run.health);
  return ailing === null ? <span className={tone}>{word}</span> : <span className="warn" title={run.health.reason ?? undefined}>{word === 'running' ? ailing : `${word}, ${ailing}`}</span>;
}

function ValueCell({ run, column, decimals }: { readonly run: TableRun; readonly column: RunColumn; readonly decimals: number | null }) {
  if (column.kind === 'metric') {
    const metric = run.metrics.find((one) => one.key === column.key);
    if (metric === undefined) return '–';
    if (metric.last === null) return metric.lastText;
    return <span title={valueText(metric.last, 12)}>{decimals === null ? valueText(metric.last, 5) : formatNumber(metric.last, { decimals })}</span>;
  }
  const value = (column.kind === 'param' ? run.params : run.tags).find((one) => one.key === column.key)?.value;
  return value === undefined ? '–' : <span className="mono text-12" title={value}>{value}</span>;
}
