'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { SeriesStyle } from '../../_charts/chart-series.ts';
import type { Include } from './run-cells.tsx';
import { sharedDecimals, type RunColumn } from './run-columns.ts';
import { RunHead } from './run-head.tsx';
import type { RunLines } from './run-lines.ts';
import { groupValue } from './run-marks.ts';
import type { Range, RunPages } from './run-pages.ts';
import { GroupRow, ROW, RunRow } from './run-row.tsx';
import type { RunGroup, TableRun } from './run-table-documents.ts';
import { isColouredApart, type RunView } from './run-view.ts';
import { columnVariables } from './run-widths.ts';

/** Rows drawn beyond what is in sight, on both sides. */
const OVERSCAN = 10;

export interface RunTableProps {
  readonly label: string;
  readonly lines: RunLines;
  readonly pages: RunPages;
  readonly columns: readonly RunColumn[];
  readonly view: RunView;
  readonly onChange: (change: Partial<RunView>) => void;
  readonly onWant: (ranges: readonly Range[]) => void;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: readonly string[], chosen: boolean) => void;
  readonly openGroups: ReadonlySet<string>;
  readonly onToggle: (group: RunGroup) => void;
  /** The mark of a value of the column that groups or colours; null where nothing is coloured. */
  readonly marks: ((value: string | null) => SeriesStyle) | null;
  /** Counts an excluded run again; left out where one may not. */
  readonly onInclude: Include;
}

/** Runs as rows, only those in sight read and drawn: a hundred thousand scroll like ten. Arrows move, space chooses, return opens. */
export function RunTable(props: RunTableProps) {
  const { label, lines, pages, columns, view, onChange, onWant, chosen, onChoose, openGroups, onToggle, marks, onInclude } = props;
  const box = useRef<HTMLDivElement>(null);
  const name = useId();
  const router = useRouter();
  const [active, setActive] = useState(-1);
  // oxlint-disable-next-line react/incompatible-library -- the rule guards React's compiler, which these pages do not use
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: OVERSCAN, paddingStart: 0, scrollPaddingStart: ROW });
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1];
  // The most rows that are drawn at a time: one that comes into sight takes the elements of one that leaves.
  const slots = Math.ceil((virtual.scrollRect?.height ?? 0) / ROW) + 1 + 2 * OVERSCAN;
  useEffect(() => onWant(lines.ranges(from, to)), [lines, from, to, onWant]);
  useKeptPlace(box, lines, pages);

  const decimals = useDecimals(columns, pages);
  const variables = useMemo(() => columnVariables(columns, view.widths), [columns, view.widths]);
  const runAt = (line: number): TableRun | undefined => {
    const at = lines.at(line);
    return at?.kind === 'run' ? pages.rowAt(at.list, at.index) : undefined;
  };
  const lastChosen = useRef(-1);
  const now = useRef({ lines, pages, chosen, onChoose });
  useLayoutEffect(() => { now.current = { lines, pages, chosen, onChoose }; });
  // One function for as long as the table is there: a page that comes in draws no row again that it does not change.
  const choose = useCallback((line: number, run: TableRun, range: boolean) => {
    const own = now.current;
    const [low, high] = range && lastChosen.current >= 0 ? [Math.min(line, lastChosen.current), Math.max(line, lastChosen.current)] : [line, line];
    const ids = Array.from({ length: high - low + 1 }, (_, at) => own.lines.at(low + at)).flatMap((at) => (at?.kind === 'run' ? own.pages.rowAt(at.list, at.index)?.id ?? [] : []));
    lastChosen.current = line;
    setActive(line);
    own.onChoose(ids, !own.chosen.has(run.id));
  }, []);
  const chooseAll = useCallback((on: boolean) => now.current.onChoose(now.current.pages.rows().map((run) => run.id), on), []);

  const go = (line: number): void => {
    const next = Math.max(0, Math.min(lines.length - 1, line));
    setActive(next);
    virtual.scrollToIndex(next);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW) - 2);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(active + 1), ArrowUp: () => go(active - 1), PageDown: () => go(active + page), PageUp: () => go(active - page), Home: () => go(0), End: () => go(lines.length - 1),
      ' ': () => { const run = runAt(active); if (run) choose(active, run, event.shiftKey); },
      Enter: () => { const at = lines.at(active); if (at?.kind === 'group') onToggle(at.group); else { const run = runAt(active); if (run) router.push(`/r/${run.id}`); } },
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  const follow = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    // With a key held the browser opens it elsewhere.
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.push(link.pathname);
  };
  const colouring = view.colour ?? view.group;
  const groupMarks = groupMarksOf(view, marks);
  const shown = active >= from && active < to;
  const loaded = pages.rows();
  const all = loaded.length > 0 && loaded.every((run) => chosen.has(run.id));
  return (
    <div className="rt" ref={box} role="region" aria-label={label}>
      <div role="grid" aria-label={label} aria-rowcount={lines.length + 1} aria-colcount={columns.length + 2} aria-multiselectable="true" tabIndex={0} className="rtgrid" style={variables} onKeyDown={press} onClick={follow} {...(shown ? { 'aria-activedescendant': `${name}${active}` } : {})}>
        <RunHead columns={columns} view={view} onChange={onChange} all={all} onChooseAll={chooseAll} />
        <div role="rowgroup" className="rtbody" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index }) => {
            const line = lines.at(index);
            const common = { id: `${name}${index}`, line: index, active: index === active };
            if (line?.kind === 'group') return <GroupRow key={`g${line.group.filter}`} {...common} group={line.group} open={openGroups.has(line.group.filter)} mark={groupMarks(line.group.value)} onToggle={onToggle} />;
            const run = line ? pages.rowAt(line.list, line.index) : undefined;
            return <RunRow key={index % slots} {...common} run={run} columns={columns} decimals={decimals} pinned={view.pinned} chosen={run !== undefined && chosen.has(run.id)} mark={run && marks && colouring ? marks(groupValue(run, colouring)) : null} nested={view.group !== null} onChoose={choose} onInclude={onInclude} />;
          })}
        </div>
      </div>
    </div>
  );
}

/** Decimals of each metric; the same map as before while they are the same. */
function useDecimals(columns: readonly RunColumn[], pages: RunPages): ReadonlyMap<string, number | null> {
  const found = useMemo(() => {
    const rows = pages.rows();
    return JSON.stringify(columns.filter(({ kind }) => kind === 'metric').map(({ key }) => [key, sharedDecimals(rows.map((run) => run.metrics.find((one) => one.key === key)?.last ?? null))]));
  }, [columns, pages]);
  return useMemo(() => new Map(JSON.parse(found) as [string, number | null][]), [found]);
}

const NO_MARK = (): SeriesStyle => ({ token: '--ink-4', dash: [] });
const groupMarksOf = (view: RunView, marks: RunTableProps['marks']) => (marks === null || isColouredApart(view) ? NO_MARK : marks);

/** When rows come or go above, what one looks at stays where it is; at the top of the list new rows push it down, so that they are seen. */
function useKeptPlace(box: React.RefObject<HTMLDivElement | null>, lines: RunLines, pages: RunPages): void {
  const before = useRef<{ readonly list: string; readonly id: string; readonly line: number } | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const anchor = before.current;
    if (anchor && element.scrollTop > ROW) {
      const index = pages.indexOf(anchor.list, anchor.id);
      const line = index === null ? null : lines.lineOf(anchor.list, index);
      if (line !== null && line !== anchor.line) element.scrollBy({ top: (line - anchor.line) * ROW, behavior: 'instant' });
    }
    const remember = (): void => {
      const line = Math.floor(element.scrollTop / ROW);
      const at = lines.at(line);
      const run = at?.kind === 'run' ? pages.rowAt(at.list, at.index) : undefined;
      before.current = at?.kind === 'run' && run ? { list: at.list, id: run.id, line } : null;
    };
    remember();
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
  }, [box, lines, pages]);
}
