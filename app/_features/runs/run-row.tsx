'use client';

import { memo } from 'react';
import { formatNumber } from '../../_ui/numbers.ts';
import type { SeriesStyle } from '../../_charts/chart-series.ts';
import { isNumberColumn, RunCell, type Include } from './run-cells.tsx';
import type { RunColumn } from './run-columns.ts';
import type { RunGroup, TableRun } from './run-table-documents.ts';

export const ROW = 32;

interface LineProps {
  readonly id: string;
  /** The line's number, from 0. */
  readonly line: number;
  readonly active: boolean;
}

/** The colour and dash of a group, as its line has them in charts. */
export const GroupMark = ({ style }: { readonly style: SeriesStyle }) => (
  <svg className="gm" width="18" height="10" aria-hidden="true"><line x1="1" x2="17" y1="5" y2="5" stroke={`var(${style.token})`} strokeWidth="3" strokeDasharray={style.dash.join(' ')} /></svg>
);

export interface RunRowProps extends LineProps {
  readonly run: TableRun | undefined;
  readonly columns: readonly RunColumn[];
  readonly decimals: ReadonlyMap<string, number | null>;
  readonly pinned: number;
  readonly chosen: boolean;
  readonly mark: SeriesStyle | null;
  readonly nested: boolean;
  readonly onChoose: (line: number, run: TableRun, range: boolean) => void;
  readonly onInclude: Include;
}

/** One run; grey until its page is there. What it is made of stays the same then, so that rows that fly by are only written anew. */
export const RunRow = memo(function RunRow({ id, line, active, run, columns, decimals, pinned, chosen, mark, nested, onChoose, onInclude }: RunRowProps) {
  return (
    <div id={id} role="row" aria-rowindex={line + 2} aria-selected={chosen} aria-busy={run === undefined} className={`rtr${active ? ' on' : ''}${nested ? ' in' : ''}`} style={{ transform: `translateY(${line * ROW}px)` }}>
      <div role="gridcell" className="rtc sel"><input type="checkbox" tabIndex={-1} aria-label={`Choose ${run?.name ?? 'a run that is being read'}`} disabled={run === undefined} checked={chosen} onClick={(event) => { if (run) onChoose(line, run, event.shiftKey); }} readOnly /></div>
      <div role="gridcell" className="rtc name">{mark && <GroupMark style={mark} />}{run ? <a className="lk" tabIndex={-1} href={`/r/${run.id}`} title={run.name}>{run.name}</a> : <span className="strip" style={{ width: 120 }} />}</div>
      {columns.map((column, at) => (
        <div key={at} role="gridcell" className={`rtc${isNumberColumn(column) ? ' num' : ''}${at < pinned ? ' pin' : ''}`} style={{ width: `var(--w${at})`, ...(at < pinned ? { left: `var(--l${at})` } : {}) }}>
          {run && <RunCell run={run} column={column} decimals={decimals.get(column.key) ?? null} onInclude={onInclude} />}
        </div>
      ))}
    </div>
  );
});

interface GroupRowProps extends LineProps {
  readonly group: RunGroup;
  readonly open: boolean;
  readonly mark: SeriesStyle;
  readonly onToggle: (group: RunGroup) => void;
}

/** A group: its value, how many runs, and the metric's mean with its interval. */
export const GroupRow = memo(function GroupRow({ id, line, active, group, open, mark, onToggle }: GroupRowProps) {
  return (
    <div id={id} role="row" aria-rowindex={line + 2} className={`rtr group${active ? ' on' : ''}`} style={{ transform: `translateY(${line * ROW}px)` }}>
      <div role="gridcell" className="rtg">
        <button type="button" className="unfold" tabIndex={-1} aria-expanded={open} onClick={() => onToggle(group)}><GroupMark style={mark} /><span className={`tr ${group.value === null ? 'text-ink-3' : 'mono'}`}>{group.label ?? 'without'}</span></button>
        <span className="num text-ink-3">{formatNumber(group.runs, { decimals: 0 })} {group.runs === 1 ? 'run' : 'runs'}</span>
        <GroupMean group={group} />
      </div>
    </div>
  );
});

function GroupMean({ group: { estimate } }: { readonly group: RunGroup }) {
  if (estimate === null) return null;
  const { metric, n, mean, ciLow, ciHigh } = estimate;
  const size = Math.max(Math.abs(mean), 1e-12);
  const decimals = Math.max(0, Math.min(6, 3 - Math.floor(Math.log10(size))));
  const number = (value: number): string => formatNumber(value, { decimals });
  return (
    <span className="gmean"><span className="mono text-ink-3">{metric}</span> <span className="num">{number(mean)}</span>
      {ciLow === null || ciHigh === null ? (n === 1 ? <span className="warn"> n = 1</span> : <span className="text-ink-3"> n = {formatNumber(n, { decimals: 0 })}, all alike</span>) : <span className="num text-ink-3"> [{number(ciLow)}, {number(ciHigh)}]<span className="gn"> n = {formatNumber(n, { decimals: 0 })}</span></span>}
    </span>
  );
}
