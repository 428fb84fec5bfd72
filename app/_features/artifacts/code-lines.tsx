'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { MessageSquarePlus } from 'lucide-react';
import { Fragment, memo, useCallback, useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { CodePiece } from '../../_editor/highlight-code.ts';
import { singleKeysOn } from '../../_ui/use-keys.ts';
import { PlacePin } from '../threads/place-mark.tsx';
import { SIGNS, type CodeRow, type LineAt } from './code-row.ts';
import type { LinePin } from './line-pins.ts';

/** Of one row, in pixels; a row whose text wraps is taller. */
const ROW = 24;
/** So many rows are all drawn, so that the browser's own search finds what they say; of longer files only those near the screen are. */
const ALL_DRAWN = 400;
const OVERSCAN = 20;

interface CodeLinesProps {
  readonly label: string;
  readonly rows: readonly CodeRow[];
  /** What the numbers of a row count: "line", "line before". */
  readonly columns: readonly string[];
  readonly colours: (at: LineAt) => readonly CodePiece[];
  readonly pins: (row: CodeRow) => readonly LinePin[];
  /** What a line is called: "line 12". */
  readonly nameOf: (at: LineAt) => string;
  /** Absent for who may not comment. */
  readonly onComment: ((at: LineAt) => void) | undefined;
  readonly onUnfold?: ((row: CodeRow) => void) | undefined;
  /** The row that the address leads to; -1 for none. */
  readonly start?: number;
}

/** Lines of code with their numbers, colours and threads. Arrows move through them, return or C comments on one or shows what is folded away, and Tab reaches the threads of the line one is at. */
export function CodeLines(props: CodeLinesProps) {
  const { label, rows, columns, colours, pins, nameOf, onComment, onUnfold, start = -1 } = props;
  const box = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const name = useId();
  const [active, setActive] = useState(start);
  // oxlint-disable-next-line react/incompatible-library -- the rule guards React's compiler, which these pages do not use
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: rows.length <= ALL_DRAWN ? ALL_DRAWN : OVERSCAN,
    initialOffset: Math.max(0, start - 8) * ROW, getItemKey: useCallback((index: number) => keyOf(rows[index], index), [rows]),
  });
  const items = virtual.getVirtualItems();

  const leads = start >= 0;
  useEffect(() => { if (leads) box.current?.scrollIntoView({ block: 'nearest' }); }, [leads]);

  const go = (to: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setActive(next);
    virtual.scrollToIndex(next);
  };
  const act = (row: CodeRow | undefined): void => {
    if (row?.kind === 'fold') onUnfold?.(row);
    else if (row?.at != null) onComment?.(row.at);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW) - 2);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(active + 1), ArrowUp: () => go(active - 1), PageDown: () => go(active + page), PageUp: () => go(active - page), Home: () => go(0), End: () => go(rows.length - 1),
      Enter: () => act(rows[active]),
      ...(singleKeysOn() ? { c: () => act(rows[active]) } : {}),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  const choose = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    const index = Number(target?.closest('[data-index]')?.getAttribute('data-index') ?? -1);
    if (index < 0 || target?.closest('a, button')) return;
    setActive(index);
    // Words that were just chosen stay chosen.
    if (getSelection()?.isCollapsed !== false) grid.current?.focus({ preventScroll: true });
  };
  const shown = items.some(({ index }) => index === active);
  const digits = { '--digits': String(mostOf(rows)).length } as object;
  return (
    <div className="src" ref={box} role="region" aria-label={label} data-numbers={columns.length} style={digits}>
      <div role="grid" ref={grid} aria-label={label} aria-rowcount={rows.length} tabIndex={0} className="src-all" style={{ height: virtual.getTotalSize() }} onKeyDown={press} onClick={choose} onFocus={(event) => { if (event.target === event.currentTarget && active < 0) setActive(items.find(({ end }) => end > (box.current?.scrollTop ?? 0))?.index ?? 0); }} {...(shown ? { 'aria-activedescendant': `${name}${active}` } : {})}>
        {items.map(({ index, key, start: top }) => {
          const row = rows[index];
          return row === undefined ? null : <CodeLine key={key} ref={virtual.measureElement} id={`${name}${index}`} index={index} top={top} row={row} columns={columns} active={index === active} pieces={row.at === null ? NONE : colours(row.at)} pins={pins(row)} nameOf={nameOf} onComment={onComment} onUnfold={onUnfold} />;
        })}
      </div>
    </div>
  );
}

const NONE: readonly never[] = [];
/** The largest number stands at the end, on one side or the other. */
const mostOf = (rows: readonly CodeRow[]): number => rows.slice(-50).reduce((most, { numbers }) => Math.max(most, ...numbers.map((number) => number ?? 0)), rows.length);
const keyOf = (row: CodeRow | undefined, index: number): string => (row === undefined || row.kind === 'fold' ? `${row?.text} ${index}` : `${row.kind}${row.numbers.join(' ')}`);

interface CodeLineProps extends Pick<CodeLinesProps, 'columns' | 'nameOf' | 'onComment' | 'onUnfold'> {
  readonly ref: (element: Element | null) => void;
  readonly id: string;
  readonly index: number;
  /** Where it lies, in pixels. */
  readonly top: number;
  readonly row: CodeRow;
  readonly active: boolean;
  readonly pieces: readonly CodePiece[];
  readonly pins: readonly LinePin[];
}

const CodeLine = memo(function CodeLine({ ref, id, index, top, row, columns, active, pieces, pins, nameOf, onComment, onUnfold }: CodeLineProps) {
  const frame = { ref, id, role: 'row', 'aria-rowindex': index + 1, 'data-index': index, 'data-kind': row.kind, style: { transform: `translateY(${top}px)` } };
  // Within the lines one moves with the arrows; Tab leads to what belongs to the line one is at.
  const tabIndex = active ? 0 : -1;
  if (row.kind === 'fold') return <div {...frame} className={active ? 'src-row at' : 'src-row'}><span role="gridcell"><button type="button" className="btn bare sm" tabIndex={tabIndex} onClick={() => onUnfold?.(row)}>{row.text}. Show them</button></span></div>;
  const { at } = row;
  return (
    <div {...frame} className={active ? 'src-row at' : 'src-row'}>
      {row.numbers.map((number, column) => <span key={columns[column]} role={column === 0 ? 'rowheader' : 'gridcell'} className="src-n" data-column={column} aria-label={number === null ? `no ${columns[column] ?? ''}` : `${columns[column] ?? ''} ${number}`}>{number}</span>)}
      <span role="gridcell" className="src-c">{onComment !== undefined && at !== null && <button type="button" className="btn bare sm icon" tabIndex={tabIndex} aria-label={`Comment on ${nameOf(at)}`} title={`Comment on ${nameOf(at)}`} onClick={() => onComment(at)}><MessageSquarePlus aria-hidden="true" /></button>}</span>
      <span role="gridcell" className="src-t"><Sign row={row} /><Coloured text={row.text} pieces={pieces} /></span>
      {pins.length > 0 && at !== null && <span role="gridcell" className="src-p place">{pins.map(({ thread, changed }) => <PlacePin key={thread.id} id={thread.id} number={thread.number} of={thread.of} name={changed ? `${nameOf(at)}, which has changed since` : nameOf(at)} comments={thread.comments} discussion={thread.discussion} changed={changed} tabIndex={tabIndex} />)}</span>}
    </div>
  );
});

/** A line says whether it was added or removed with a sign, and in words for who does not see it. */
function Sign({ row: { kind } }: { readonly row: CodeRow }) {
  return <>{kind === 'added' || kind === 'removed' ? <span className="vh">{kind}: </span> : null}<span className="src-s" aria-hidden="true">{SIGNS[kind]}</span></>;
}

function Coloured({ text, pieces }: { readonly text: string; readonly pieces: readonly CodePiece[] }) {
  if (pieces.length === 0) return text;
  return <>{pieces.map(({ from, to, kind }, index) => <Fragment key={from}>{text.slice(pieces[index - 1]?.to ?? 0, from)}<span className={kind}>{text.slice(from, to)}</span></Fragment>)}{text.slice(pieces.at(-1)?.to)}</>;
}

/** What is to be known of the keys, in one line. */
export function CodeHint({ mayComment }: { readonly mayComment: boolean }) {
  return mayComment ? <p className="hint mt-2">Choose a line to comment on it. <span className="hk">In the lines, <kbd>↑</kbd> <kbd>↓</kbd> move and <kbd>C</kbd> comments.</span></p> : null;
}
