'use client';

import { useEffect } from 'react';
import { useClient } from 'urql';
import { useLive } from '../../_graphql/use-live.ts';
import { DiscussionChanged, OneThreadQuery } from './thread-documents.ts';

/** By members, and by guests through a share link. */
const BEGUN: ReadonlySet<string> = new Set(['started', 'started-outside']);

/**
 * Keeps what the cache holds of a subject's threads as it is now. An event brings the comment that changed, and of a thread that was started the page reads that one; `again` reads
 * everything once more only after a lost connection came back.
 */
export function useThreadNews(subject: string | null, again: () => void): void {
  const client = useClient();
  useEffect(() => {
    if (subject === null) return undefined;
    const line = client.subscription(DiscussionChanged, { subject }).subscribe(({ data }) => {
      if (data && BEGUN.has(data.discussionChanged.verb)) void client.query(OneThreadQuery, { id: data.discussionChanged.thread.id }, { requestPolicy: 'network-only' }).toPromise();
    });
    return () => line.unsubscribe();
  }, [client, subject]);
  useLive(DiscussionChanged, [], again);
}
