'use client';

import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { ConsoleSearchQuery } from './console-documents.ts';

const MOST_FOUND = 10_000;
/** After the last letter; a word is not searched for letter by letter. */
const PAUSE_IN_MS = 250;

export interface ConsoleFinds {
  readonly numbers: readonly number[];
  readonly complete: boolean;
  readonly looking: boolean;
}
const NOTHING: ConsoleFinds = { numbers: [], complete: true, looking: false };

/** Lines that hold a text, by the server, which has them all. Looked for again when `version` changes. */
export function useConsoleSearch(runId: string, text: string, version: number): ConsoleFinds {
  const client = useClient();
  const [finds, setFinds] = useState<ConsoleFinds & { readonly of: string }>({ ...NOTHING, of: '' });
  useEffect(() => {
    if (text === '') return undefined;
    let current = true;
    const timer = setTimeout(() => {
      void client.query(ConsoleSearchQuery, { id: runId, text, first: MOST_FOUND }, { requestPolicy: 'network-only' }).toPromise().then(({ data }) => {
        const found = data?.run?.console.search;
        if (current) setFinds({ numbers: found?.numbers ?? [], complete: found?.complete ?? true, looking: false, of: text });
      });
    }, PAUSE_IN_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, runId, text, version]);
  if (text === '') return NOTHING;
  return finds.of === text ? finds : { ...NOTHING, looking: true };
}

/** The find after (or before) a line, round the end. */
export function nextFind(numbers: readonly number[], from: number, forwards: boolean): number | null {
  const next = forwards ? numbers.find((number) => number > from) ?? numbers[0] : numbers.findLast((number) => number < from) ?? numbers.at(-1);
  return next ?? null;
}
