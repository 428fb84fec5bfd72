'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import { useConnection } from '../../_graphql/connection.ts';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import { useAgain } from '../../_graphql/use-again.ts';
import { ConsoleQuery, ConsoleWritten } from './console-documents.ts';
import { ConsoleLines, type ConsolePage, type ShownLine } from './console-lines.ts';

/** Timers, not frames: a page in the background has no frames, and must not gather without end. */
const GATHER_IN_MS = 33;

/** Lines are read past the cache of queries: a million of them would stay in it. */
async function readLines(runId: string, from: number, first: number): Promise<ConsolePage> {
  const answer = await fetch(`/api/v1/runs/${runId}/logs?from=${from}&first=${first}`, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  const page = await answer.json() as Omit<ConsolePage, 'lines'> & { readonly lines: readonly (Omit<ShownLine, 'time'> & { readonly time: string })[] };
  return { ...page, lines: page.lines.map((line) => ({ ...line, time: Date.parse(line.time) })) };
}

export interface RunConsoleState {
  readonly console: ConsoleLines;
  readonly loading: boolean;
  readonly failure: Failure | null;
  readonly again: () => void;
}

/** A run's console, live: also after its end, as the last lines are often sent then. Lines are gathered, so that the page redraws thirty times a second at most. */
export function useRunConsole(runId: string): RunConsoleState {
  const client = useClient();
  const { reconnections } = useConnection();
  const [console] = useState(() => new ConsoleLines((from, first) => readLines(runId, from, first)));
  const [state, setState] = useState<{ readonly loading: boolean; readonly failure: Failure | null }>({ loading: true, failure: null });
  const [round, again] = useAgain();
  const cursor = useRef<number | null>(null);
  useSyncExternalStore(console.subscribe, console.version, console.version);

  useEffect(() => {
    let stop: (() => void) | null = null;
    let current = true;
    const begin = async (): Promise<void> => {
      if (cursor.current === null) {
        const { data, error } = await client.query(ConsoleQuery, { id: runId }, { requestPolicy: 'network-only' }).toPromise();
        if (!current) return;
        const known = data?.run?.console;
        if (known) console.know(known);
        cursor.current = known?.lineCount ?? null;
        setState({ loading: false, failure: failureOf(error) });
      }
      let waiting: ShownLine[] = [];
      let timer: ReturnType<typeof setTimeout> | null = null;
      const line = client.subscription(ConsoleWritten, { run: runId, after: cursor.current }).subscribe(({ data }) => {
        const news = data?.consoleWritten;
        if (!news) return;
        cursor.current = news.cursor;
        waiting.push(...news.lines.map((each): ShownLine => ({ ...each, stream: each.stream === 'STDERR' ? 'stderr' : 'stdout' })));
        timer ??= setTimeout(() => {
          const lines = waiting;
          [waiting, timer] = [[], null];
          console.arrived(lines, news.cut);
        }, GATHER_IN_MS);
      });
      stop = () => {
        line.unsubscribe();
        if (timer !== null) clearTimeout(timer);
        if (waiting.length > 0) console.arrived(waiting, null);
      };
    };
    void begin();
    return () => {
      current = false;
      stop?.();
    };
  }, [client, console, runId, reconnections, round]);

  return { console, ...state, again };
}
