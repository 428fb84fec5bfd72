'use client';

import { useEffect } from 'react';
import { useClient } from 'urql';
import type { NoteConnection } from '../../_editor/note-connection.ts';
import type { PassageEnds } from '../../_editor/passage.ts';
import type { Passages } from '../../_editor/passages.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { FollowPassage } from '../threads/thread-documents.ts';

const TELL_AFTER_MS = 300;
const AGAIN_AFTER_MS = 5_000;
const PASSES: ReadonlySet<string> = new Set(['OFFLINE', 'TEMPORARILY_UNAVAILABLE', 'RATE_LIMITED']);

/** The server takes names of letters that have reached it. */
const SAVED_WITHIN_MS = 10_000;

/** Tells the server by which letters a passage is known after an edit made here that wrote it anew. What could not be told, offline, is told later. */
export function useFollowPassages(connection: NoteConnection, passages: Passages): void {
  const client = useClient();
  useEffect(() => {
    const waiting = new Map<string, PassageEnds>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const tellAfter = (milliseconds: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void tellOnceSaved(), milliseconds);
    };
    const tellOnceSaved = async (): Promise<void> => {
      // A page that was left hears nothing more of what is saved.
      if (left || await connection.whenSaved(SAVED_WITHIN_MS)) await tell();
      else tellAfter(AGAIN_AFTER_MS);
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
      left = true;
      clearTimeout(timer);
      if (waiting.size > 0) void tell();
    };
  }, [client, connection, passages]);
}
