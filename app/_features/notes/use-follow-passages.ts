'use client';

import { useEffect } from 'react';
import { useClient } from 'urql';
import type { PassageEnds } from '../../_editor/passage.ts';
import type { Passages } from '../../_editor/passages.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { FollowPassage } from '../threads/thread-documents.ts';

const TELL_AFTER_MS = 300;
const AGAIN_AFTER_MS = 5_000;
const PASSES: ReadonlySet<string> = new Set(['OFFLINE', 'TEMPORARILY_UNAVAILABLE', 'RATE_LIMITED']);

/** Tells the server by which letters a passage is known after an edit made here that wrote it anew. What could not be told, offline, is told later. */
export function useFollowPassages(passages: Passages): void {
  const client = useClient();
  useEffect(() => {
    const waiting = new Map<string, PassageEnds>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tellAfter = (milliseconds: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void tell(), milliseconds);
    };
    const tell = async (): Promise<void> => {
      const told = [...waiting];
      const answers = await Promise.all(told.map(([thread, ends]) => client.mutation(FollowPassage, { input: { thread, ...ends } }, { fetchOptions: { credentials: 'same-origin', keepalive: true } }).toPromise()));
      for (const [at, [thread, ends]] of told.entries()) {
        const lost = PASSES.has(failureOf(answers[at]?.error)?.code ?? '');
        if (!lost && waiting.get(thread) === ends) waiting.delete(thread);
      }
      if (waiting.size > 0) tellAfter(AGAIN_AFTER_MS);
    };
    const leave = passages.tellRenamed((thread, ends) => {
      waiting.set(thread, ends);
      tellAfter(TELL_AFTER_MS);
    });
    return () => {
      leave();
      clearTimeout(timer);
      if (waiting.size > 0) void tell();
    };
  }, [client, passages]);
}
