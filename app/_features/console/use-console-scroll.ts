'use client';

import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useBoxSize } from './use-box-size.ts';
import { fitAtEnd, scrollTopFor, windowOf, type ConsoleWindow } from './console-window.ts';
import type { ConsoleLines } from './console-lines.ts';

/** The height of a line, in pixels; console.css says the same. */
export const ROW_PX = 19;
/** What a character takes in the console's type, and what stands before the text, in pixels. */
const CHARACTER_PX = 7.2;
const GUTTER_PX = 120;

/** A line one goes to stands in the middle; where lines wrap, near the top, as nobody knows yet how high those before it are. */
const LINES_BEFORE_WRAPPED = 2;

export interface ConsoleScroll {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly window: ConsoleWindow;
  /** Of what is seen at once. */
  readonly heightPx: number;
  readonly rows: number;
  /** Whether the end is followed; it is until one scrolls up. */
  readonly following: boolean;
  /** Rows that came since one scrolled up. */
  readonly fresh: number;
  readonly goTo: (row: number) => void;
  readonly toEnd: () => void;
}

/** Where one is in a console: at its end, which is followed, or at some place, which stays. */
export function useConsoleScroll(console: ConsoleLines, { wrap, startAt }: { readonly wrap: boolean; /** Row to begin at; the end when null. */ readonly startAt: number | null }): ConsoleScroll {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useBoxSize(box);
  const [scrollTop, setScrollTop] = useState(0);
  // The last line there was when one scrolled up.
  const [leftAt, setLeftAt] = useState<number | null>(startAt === null ? null : console.lineCount);
  const rows = console.rows;
  const fit = wrap ? fitNow(console, rows, { width, height }) : height / ROW_PX;
  const ask = { count: rows, rowPx: ROW_PX, heightPx: height, fit };
  const window = windowOf({ ...ask, scrollTop });
  const following = leftAt === null;
  const fitRef = useRef(fit);
  useLayoutEffect(() => { fitRef.current = fit; }, [fit]);

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const onScroll = (): void => {
      setScrollTop(element.scrollTop);
      const atEnd = element.scrollTop >= element.scrollHeight - element.clientHeight - 2;
      setLeftAt((before) => (atEnd ? null : before ?? console.lineCount));
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [console]);

  useLayoutEffect(() => {
    // The whole grew: who follows the end goes along, before anything is painted.
    if (following && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [following, rows, height, wrap]);

  const top = useRef({ number: 0, row: 0 });
  useLayoutEffect(() => {
    // Rows above went, as lines were found that others were printed over: what one looks at stays where it is.
    const moved = top.current.number === 0 ? 0 : console.rowOf(top.current.number) - top.current.row;
    if (following || moved === 0 || !box.current) return;
    box.current.scrollTop += moved * ROW_PX;
    setScrollTop(box.current.scrollTop);
  }, [console, following, rows]);
  useLayoutEffect(() => { top.current = { number: console.numberAt(window.first) ?? 0, row: window.first }; });

  const goTo = useCallback((row: number): void => {
    if (!box.current) return;
    setLeftAt((before) => before ?? console.lineCount);
    box.current.scrollTop = scrollTopFor(row, { count: console.rows, rowPx: ROW_PX, heightPx: box.current.clientHeight, fit: fitRef.current }, wrap ? LINES_BEFORE_WRAPPED : fitRef.current / 2);
  }, [console, wrap]);
  const measured = height > 0;
  useEffect(() => {
    if (measured && startAt !== null) goTo(startAt);
    // Where one begins is asked once; from then on one scrolls.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
  }, [measured]);
  const toEnd = useCallback((): void => {
    setLeftAt(null);
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, []);

  return { box, window, heightPx: height, rows, following, fresh: leftAt === null ? 0 : Math.max(0, rows - 1 - console.rowOf(leftAt)), goTo, toEnd };
}

/** Lines that wrap: how many of the last ones fill the window. */
function fitNow(console: ConsoleLines, rows: number, { width, height }: { readonly width: number; readonly height: number }): number {
  const most = Math.ceil(height / ROW_PX);
  const last = Array.from({ length: Math.min(rows, most) }, (_, at) => console.line(console.numberAt(rows - 1 - at) ?? 0)?.text.length ?? 0).toReversed();
  return Math.min(fitAtEnd(last, Math.floor((width - GUTTER_PX) / CHARACTER_PX), Math.floor(height / ROW_PX)), height / ROW_PX);
}
