'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { Button } from '../../_ui/button.tsx';
import type { ConsoleFinds } from './use-console-search.ts';

interface ConsoleToolsProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly finds: ConsoleFinds;
  /** The line of the find one is at; null before one went to any. */
  readonly at: number | null;
  /** `typed` is what stands in the box at that moment, which the address may not say yet. */
  readonly onFind: (forwards: boolean, typed: string) => void;
  readonly times: boolean;
  readonly onTimes: () => void;
  readonly wrap: boolean;
  readonly onWrap: () => void;
  readonly copyWords: string;
  readonly onCopy: () => void;
  readonly download: string;
}

/** Search with its finds, how lines are shown, and ways to take them along. */
export function ConsoleTools({ text, onText, finds, at, onFind, times, onTimes, wrap, onWrap, copyWords, onCopy, download }: ConsoleToolsProps) {
  // Of the box itself: the address follows after a while on a busy machine, and would take letters back that were typed meanwhile.
  const [typed, setTyped] = useState(text);
  const type = (next: string): void => { setTyped(next); onText(next); };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') { event.preventDefault(); onFind(!event.shiftKey, typed); }
    if (event.key === 'Escape' && typed !== '') { event.preventDefault(); type(''); }
  };
  return (
    <div className="row wrap con-tools">
      <div className="row con-find" role="search">
        <input className="field fq" type="search" placeholder="Search, or :120" aria-label="Search lines" title="Enter goes to the next find, Shift Enter to the one before; :120 goes to line 120" value={typed} onChange={(event) => type(event.target.value)} onKeyDown={onKey} spellCheck={false} autoCapitalize="off" autoComplete="off" />
        <Button look="bare" small icon aria-label="Find before" disabled={finds.numbers.length === 0} onClick={() => onFind(false, typed)}><ArrowUp aria-hidden="true" /></Button>
        <Button look="bare" small icon aria-label="Next find" disabled={finds.numbers.length === 0} onClick={() => onFind(true, typed)}><ArrowDown aria-hidden="true" /></Button>
        <span className="hint num" role="status">{text === '' || text.startsWith(':') ? '' : findWords(finds, at)}</span>
      </div>
      <span className="sp" />
      <Button look="bare" small aria-pressed={times} onClick={onTimes}>Times</Button>
      <Button look="bare" small aria-pressed={wrap} onClick={onWrap}>Wrap</Button>
      <Button look="bare" small onClick={onCopy}>{copyWords}</Button>
      <a className="btn bare sm" href={download} download>Download</a>
    </div>
  );
}

function findWords({ numbers, complete, looking }: ConsoleFinds, at: number | null): string {
  if (looking) return 'searching';
  if (numbers.length === 0) return 'not found';
  const total = `${numbers.length.toLocaleString('en-US')}${complete ? '' : '+'}`;
  const place = at === null ? -1 : numbers.indexOf(at);
  if (place >= 0) return `${(place + 1).toLocaleString('en-US')} of ${total}`;
  return `${total} ${numbers.length === 1 ? 'line' : 'lines'}`;
}
