'use client';

import { memo, useMemo, type ReactNode } from 'react';
import { formatClock } from './clock.ts';
import { piecesOf } from './ansi.ts';
import type { ShownLine } from './console-lines.ts';

export interface RowLook {
  readonly times: boolean;
  /** Whether the run printed from several processes, so that each line says which. */
  readonly sources: boolean;
  /** What is searched for, in lower case; empty when nothing is. */
  readonly mark: string;
}

interface ConsoleRowProps {
  readonly number: number;
  readonly line: ShownLine | undefined;
  readonly look: RowLook;
  /** The line the address names, or the find one is at. */
  readonly chosen: 'linked' | 'found' | null;
}

/** One line: its number, which chooses it when pressed (the window listens: forty tab stops would be no help), when and where it was printed, and its text. */
export const ConsoleRow = memo(function ConsoleRow({ number, line, look, chosen }: ConsoleRowProps) {
  const pieces = useMemo(() => (line === undefined ? [] : piecesOf(line.text)), [line]);
  return (
    <div className={`cl${line?.stream === 'stderr' ? ' err' : ''}${chosen === null ? '' : ` ${chosen}`}`} data-line={number}>
      <span className="cl-n" title={`Link to line ${number}; with Shift, from the one chosen to here`}>{number}</span>
      {look.times && <span className="cl-t">{line === undefined ? '' : formatClock(line.time)}</span>}
      {look.sources && <span className="cl-s tr" title={line?.source}>{line?.source}</span>}
      <span className="cl-e">{line?.stream === 'stderr' ? 'err' : ''}</span>
      <span className="cl-x">{pieces.map((piece, at) => <span key={at} className={piece.className || undefined}>{marked(piece.text, look.mark)}</span>)}</span>
    </div>
  );
});

/** The text with every find in it marked. */
function marked(text: string, mark: string): ReactNode {
  if (mark === '') return text;
  const parts: ReactNode[] = [];
  const lower = text.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(mark); at >= 0; at = lower.indexOf(mark, from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + mark.length)}</mark>);
    from = at + mark.length;
  }
  return parts.length === 0 ? text : [...parts, text.slice(from)];
}
