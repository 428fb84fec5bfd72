'use client';

import { useEffect, useRef, useState } from 'react';
import { ChartControls } from '../../_charts/chart-controls.tsx';
import type { ChartView } from '../../_charts/chart-view.ts';
import { SPREADS, type Spread } from '../../_charts/spread.ts';
import { count } from '../../_ui/numbers.ts';
import { useKeys } from '../../_ui/use-keys.ts';
import type { Grid } from './grid.ts';
import type { KeySearch } from './metric-search.ts';

interface GridToolbarProps {
  readonly grid: Grid;
  readonly shown: number;
  readonly total: number;
  /** Null while it is not known what to look for. */
  readonly search: KeySearch | null;
  readonly onChart: (view: ChartView) => void;
}

const SPREAD_WORDS: Readonly<Record<Spread, string>> = { ci: 'mean, 95 % interval', se: 'mean ± standard error', sd: 'mean ± standard deviation', range: 'mean, min to max', median: 'median, min to max' };

/** Search, and the settings of all charts, in reach wherever the page is scrolled to. */
export function GridToolbar({ grid, shown, total, search, onChart }: GridToolbarProps) {
  const { view, onView, subject } = grid;
  const field = useRef<HTMLInputElement>(null);
  const problem = search?.problem ?? null;
  useKeys({ '/': () => field.current?.focus() });
  const [text, setText] = useSearchText(view.search, (search) => onView({ ...view, search }));
  return (
    <div className="mg-tools" role="search" aria-label="Charts">
      <input
        ref={field} className="field fq" type="search" placeholder="Find charts" aria-label="Find charts" aria-keyshortcuts="/" value={text} aria-invalid={problem !== null}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => { if (event.key === 'Escape' && text === '') event.currentTarget.blur(); }}
      />
      <button type="button" className="btn bare sm mono" aria-pressed={view.regex} aria-label="Regular expression" title="Regular expression" onClick={() => onView({ ...view, regex: !view.regex })}>.*</button>
      <span className="hint" role="status">{problem ?? foundWords(view.search, search === null ? null : shown, total)}</span>
      <span className="sp" />
      {subject.byVariant && <LinesChoice grid={grid} />}
      <ChartControls view={grid.chart} onChange={onChart} />
    </div>
  );
}

function foundWords(text: string, shown: number | null, total: number): string {
  if (shown === null) return '';
  return text === '' ? count(shown, 'chart') : `${shown.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`;
}

/** What is typed stands at once; the address, which draws the charts, follows it, and a link or a step back sets both. */
function useSearchText(search: string, onSearch: (text: string) => void): readonly [string, (text: string) => void] {
  const [text, setText] = useState(search);
  // A busy page hears of the first letters when the last are typed already: until the address has come to what was typed last, it is behind and not another's.
  const awaited = useRef<string | null>(null);
  useEffect(() => {
    if (awaited.current === null) setText(search);
    else if (search === awaited.current) awaited.current = null;
  }, [search]);
  return [text, (next) => {
    setText(next);
    awaited.current = next === search ? null : next;
    onSearch(next);
  }];
}

/** A line a run, or a band a variant. */
function LinesChoice({ grid: { view, onView } }: Pick<GridToolbarProps, 'grid'>) {
  return (
    <>
      <div className="seg" role="group" aria-label="Lines">
        <button type="button" aria-pressed={view.lines === 'runs'} onClick={() => onView({ ...view, lines: 'runs' })}>Runs</button>
        <button type="button" aria-pressed={view.lines === 'variants'} onClick={() => onView({ ...view, lines: 'variants' })}>Variants</button>
      </div>
      {view.lines === 'variants' && (
        <select className="lc-x" aria-label="What a band is" value={view.spread} onChange={(event) => onView({ ...view, spread: SPREADS.find((spread) => spread === event.target.value) ?? 'ci' })}>
          {SPREADS.map((spread) => <option key={spread} value={spread}>{SPREAD_WORDS[spread]}</option>)}
        </select>
      )}
    </>
  );
}
