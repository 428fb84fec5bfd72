'use client';

import { useEffect, useMemo, useState, type CSSProperties } from 'react';
import { overwritten, plainText } from '../../../domain/console/console-line.ts';
import { count as counted } from '../../_ui/numbers.ts';
import { useAddress } from '../../_ui/use-address.ts';
import { chosenLinesFrom, chosenLinesText, extended, type ChosenLines } from './chosen-lines.ts';
import type { ConsoleLines, ShownLine } from './console-lines.ts';
import { ConsoleRow, type RowLook } from './console-row.tsx';
import { ConsoleTools } from './console-tools.tsx';
import type { ConsoleWindow } from './console-window.ts';
import { ROW_PX, useConsoleScroll, type ConsoleScroll } from './use-console-scroll.ts';
import { nextFind, useConsoleSearch } from './use-console-search.ts';

interface ConsoleViewProps { readonly runId: string; readonly console: ConsoleLines }

/** Lines asked for beyond those in view, on either side. */
const AHEAD = 200;
const LEAST_ROWS = 12;
const MOST_COPIED = 2_000;

/** The lines in a window of their own. The address holds the search, the lines chosen and how they are shown. */
export function ConsoleView({ runId, console }: ConsoleViewProps) {
  const address = useAddress();
  const text = address.params.get('find') ?? '';
  const lineParam = address.params.get('line');
  const chosen = chosenLinesFrom(lineParam);
  const [times, wrap] = [address.params.get('times') === '1', address.params.get('wrap') === '1'];
  const [round, setRound] = useState(0);
  const wanted = lineWanted(text);
  const finds = useConsoleSearch(runId, wanted === null ? text : '', round);
  const [startAt] = useState(() => (chosen === null ? null : console.rowOf(chosen.from)));
  const { box, window, heightPx, rows, following, fresh, goTo, toEnd } = useConsoleScroll(console, { wrap, startAt });
  const at = chosen !== null && finds.numbers.includes(chosen.from) ? chosen.from : null;

  const find = (forwards: boolean, typed: string): void => {
    const asked = lineWanted(typed);
    const number = asked === null ? nextFind(finds.numbers, chosen?.from ?? (forwards ? 0 : Infinity), forwards) : Math.min(asked, console.lineCount);
    if (number === null) return;
    // Past the last one the search begins anew: more lines may have come.
    if (asked === null && forwards && number <= (chosen?.from ?? 0)) setRound((before) => before + 1);
    address.set({ line: String(number) });
    goTo(console.rowOf(number));
  };
  const { set } = address;
  useEffect(() => {
    const element = box.current;
    const choose = (event: MouseEvent): void => {
      const row = event.target instanceof Element ? event.target.closest('.cl-n')?.closest<HTMLElement>('[data-line]') : null;
      if (row) set({ line: chosenLinesText(extended(chosenLinesFrom(lineParam), Number(row.dataset['line']), event.shiftKey)) });
    };
    element?.addEventListener('click', choose);
    return () => element?.removeEventListener('click', choose);
  }, [box, set, lineParam]);
  const copy = (): void => void copyLines(runId, chosen ?? inView(console, window));
  const words = chosen === null ? 'Copy view' : chosen.from === chosen.to ? 'Copy line' : `Copy ${counted(Math.min(MOST_COPIED, console.rowOf(chosen.to) - console.rowOf(chosen.from) + 1), 'line')}`;
  const look = useMemo<RowLook>(() => ({ times, sources: [...console.sources].some((source) => source !== ''), mark: wanted === null ? text.toLowerCase() : '' }), [times, console.sources, text, wanted]);

  useEffect(() => {
    const { from, to } = inView(console, window);
    console.want(from - AHEAD, to + AHEAD);
    // Rows go as lines that were printed over are found: then others come into view.
    // oxlint-disable-next-line react/exhaustive-deps -- of the window these two are read
  }, [console, window.first, window.drawn, rows]);

  return (
    <div className="con-all">
      <ConsoleTools
        text={text} onText={(next) => address.set({ find: next })} finds={finds} at={at} onFind={find}
        times={times} onTimes={() => address.set({ times: times ? null : '1' })} wrap={wrap} onWrap={() => address.set({ wrap: wrap ? null : '1' })}
        copyWords={words} onCopy={copy} download={`/api/v1/runs/${runId}/logs.txt`}
      />
      <div className={`cw${wrap ? ' wrapped' : ''}`} ref={box} tabIndex={0} role="region" aria-label="Console output" style={{ height: `min(62vh, ${Math.max(rows, LEAST_ROWS) * ROW_PX}px)` }}>
        <div className="cw-all" style={{ height: window.totalPx }}>
          <div className={`cw-view${window.atEnd && wrap ? ' to-end' : ''}`} style={{ height: heightPx, '--digits': Math.max(3, String(console.lineCount).length) } as CSSProperties}>
            <div style={{ transform: `translateY(${-window.offsetPx}px)` }}>
              {Array.from({ length: window.drawn }, (_, place) => {
                const number = console.numberAt(window.first + place);
                if (number === null) return <div key="cut" className="cl cut">{counted((console.cut?.to ?? 0) - (console.cut?.from ?? 0) + 1, 'line')} in the middle were let go: a run keeps 128 MB of text</div>;
                return <ConsoleRow key={number} number={number} line={console.line(number)} look={look} chosen={markOf(console, window.first + place, { chosen, at })} />;
              })}
            </div>
          </div>
        </div>
      </div>
      <ConsoleFoot console={console} following={following} fresh={fresh} toEnd={toEnd} />
    </div>
  );
}

function ConsoleFoot({ console, following, fresh, toEnd }: Pick<ConsoleScroll, 'following' | 'fresh' | 'toEnd'> & { readonly console: ConsoleLines }) {
  return (
    <div className="row con-foot">
      <span className="hint num">{counted(console.lineCount, 'line')}</span>
      {console.hiddenCount > 0 && <span className="hint">Of a progress bar the newest state is shown; the file has all</span>}
      <span className="sp" />
      {following
        ? <span className="hint">Following the end</span>
        : <button type="button" className="btn sm" onClick={toEnd}>{fresh > 0 ? `${counted(fresh, 'new line')} · follow` : 'Go to the end and follow'}</button>}
    </div>
  );
}

/** ":120" asks for line 120. */
function lineWanted(text: string): number | null {
  const [, number] = /^:(\d{1,12})$/.exec(text) ?? [];
  return number === undefined ? null : Math.max(1, Number(number));
}

/** Whether a row is the find one is at, or of the lines the address names; what was printed over is where the newest is. */
function markOf(console: ConsoleLines, row: number, { chosen, at }: { readonly chosen: ChosenLines | null; readonly at: number | null }): 'found' | 'linked' | null {
  if (at !== null && row === console.rowOf(at)) return 'found';
  return chosen !== null && row >= console.rowOf(chosen.from) && row <= console.rowOf(chosen.to) ? 'linked' : null;
}

/** The row of the lines that were let go has no number; those beside it have. */
function inView(console: ConsoleLines, { first, drawn }: ConsoleWindow): { readonly from: number; readonly to: number } {
  const last = first + Math.max(0, drawn - 1);
  return { from: console.numberAt(first) ?? console.numberAt(first + 1) ?? 1, to: console.numberAt(last) ?? console.numberAt(last - 1) ?? console.lineCount };
}

/** The text as one reads it, without colours. Without a secure origin there is no clipboard; then it can be selected by hand. */
async function copyLines(runId: string, { from, to }: { readonly from: number; readonly to: number }): Promise<void> {
  const answer = await fetch(`/api/v1/runs/${runId}/logs?from=${from}&first=${Math.min(MOST_COPIED, to - from + 1)}`, { credentials: 'same-origin' });
  if (!answer.ok) return;
  const { lines } = await answer.json() as { readonly lines: readonly ShownLine[] };
  const gone = new Set(overwritten(lines));
  await navigator.clipboard?.writeText(lines.filter((_, at) => !gone.has(at)).map((line) => plainText(line.text)).join('\n')).catch(() => undefined);
}
