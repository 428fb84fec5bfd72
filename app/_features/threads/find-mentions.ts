'use client';

import { useCallback } from 'react';
import { useClient } from 'urql';
import type { FindMentions, MentionChoice } from '../../_editor/mention-list.ts';
import { findBehind, findWith, mentionWords, rowChoice } from '../notes/mention-lists.tsx';

const KINDS = { PERSON: 'person', EXPERIMENT: 'experiment', RUN: 'run', HYPOTHESIS: 'hypothesis', METRIC: 'metric' } as const;

/** Who and what can be mentioned in a comment, by what was typed behind the @ or the #: as in a note. `about` is what is commented on, or the thread. */
export function useFindMentions(about: string | null): FindMentions {
  const client = useClient();
  return useCallback(async (sign, typed) => {
    const rows = await findBehind(sign, typed, findWith(client, null, about));
    return rows.map((row): MentionChoice => ({ ...rowChoice(row), kind: KINDS[row.kind], id: row.id, words: mentionWords(row) }));
  }, [client, about]);
}
