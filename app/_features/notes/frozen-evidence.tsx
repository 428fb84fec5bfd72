'use client';

import { chartViewFrom } from '../../_charts/chart-view.ts';
import { LineChart } from '../../_charts/line-chart.tsx';
import { columnHead, columnId, sharedDecimals, type RunColumn } from '../runs/run-columns.ts';
import { isNumberColumn, RunCell } from '../runs/run-cells.tsx';
import type { TableRun } from '../runs/run-table-documents.ts';
import { VariantsTable } from '../variants/variants-table.tsx';
import { VerdictSection } from '../verdicts/verdict-section.tsx';
import type { EvidenceKind } from './evidence.ts';
import { experimentFrom, MOST_FROZEN_RUNS } from './frozen-experiment.ts';
import { curvesFrom } from './frozen-curves.ts';
import { isKnown, listIn, textIn, type Known } from './known.ts';

const Unreadable = () => <p className="hint">What was frozen here cannot be read. Make it live again to see how it stands now.</p>;

/** The same figures, drawn from what the note kept. */
export function FrozenEvidence({ kind, content }: { readonly kind: EvidenceKind; readonly content: Known }) {
  if (kind === 'chart') return <FrozenChart content={content} />;
  if (kind === 'runs') return <FrozenRuns content={content} />;
  const kept = experimentFrom(content);
  if (kept === null) return <Unreadable />;
  return kind === 'verdict' ? <VerdictSection experiment={kept.experiment} onComment={undefined} /> : <VariantsTable experiment={kept.experiment} metric={kept.metric} />;
}

function FrozenChart({ content }: { readonly content: Known }) {
  const series = curvesFrom(content);
  if (series.length === 0) return <Unreadable />;
  const view = chartViewFrom(new URLSearchParams(textIn(content, 'query')));
  const metric = textIn(content, 'metric');
  return (
    <figure className="fig" style={{ margin: 0 }}>
      <div className="fig-h"><span>Learning curves, <span className="mono">{metric}</span></span></div>
      <LineChart title={`Learning curves, ${metric}`} series={series} view={view} />
      <figcaption className="cap">{textIn(content, 'caption')}</figcaption>
    </figure>
  );
}

function FrozenRuns({ content }: { readonly content: Known }) {
  const columns = listIn(content, 'columns').filter((column): column is RunColumn & Known => isKnown(column) && typeof column['key'] === 'string' && typeof column['kind'] === 'string').slice(0, 40);
  const rows = listIn(content, 'rows').filter(isKnown).slice(0, MOST_FROZEN_RUNS) as unknown as readonly TableRun[];
  const total = typeof content['total'] === 'number' ? content['total'] : rows.length;
  const decimals = new Map(columns.filter(({ kind }) => kind === 'metric').map((column) => [columnId(column), sharedDecimals(rows.map((run) => run.metrics.find(({ key }) => key === column.key)?.last ?? null))]));
  return (
    <>
      <div className="tw" tabIndex={0} role="region" aria-label="Runs as they were">
        <table className="tb compact">
          <thead><tr><th scope="col">run</th>{columns.map((column) => <th key={columnId(column)} scope="col" className={isNumberColumn(column) ? 'num' : undefined}>{columnHead(column)}</th>)}</tr></thead>
          <tbody>
            {rows.map((run) => (
              <tr key={run.id}>
                <td><a className="lk" href={`/r/${run.id}`}>{run.name}</a></td>
                {columns.map((column) => <td key={columnId(column)} className={isNumberColumn(column) ? 'num' : undefined}><RunCell run={run} column={column} decimals={decimals.get(columnId(column)) ?? null} onInclude={undefined} /></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total > rows.length && <p className="hint mt-2">The first {rows.length} of {total.toLocaleString('en-US')} runs.</p>}
    </>
  );
}
