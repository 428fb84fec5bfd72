'use client';

import { useEffect, useEffectEvent } from 'react';
import { useClient, type AnyVariables, type TypedDocumentNode } from 'urql';
import { useConnection } from './connection.ts';
import { gatherNews } from './news.ts';
import { answered } from './under-way.ts';

/**
 * Calls `refresh` when something a subscription names has changed, at once and then at most every 400 ms, and once after a lost connection came back.
 * The page keeps what it shows until the fresh answer is there. `keys` are the subscription's variables, one live line each. Nothing is read for news that `told` says is all told: the cache has it.
 * A line the server ends tells no more to this viewer: then too it is read again, and the answer says what may still be shown.
 */
export function useLive<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  keys: readonly Variables[],
  refresh: () => void,
  told: (news: Data) => boolean = () => false,
): void {
  const client = useClient();
  const { reconnections } = useConnection();
  const refreshNow = useEffectEvent(refresh);
  const isTold = useEffectEvent(told);
  const identity = JSON.stringify(keys);

  useEffect(() => {
    const news = gatherNews(() => refreshNow(), answered);
    const lines = (JSON.parse(identity) as Variables[]).map((variables) => client.subscription(document, variables).subscribe(({ data, hasNext }) => { if (!hasNext || (data && !isTold(data))) news.hear(); }));
    return () => {
      for (const line of lines) line.unsubscribe();
      news.stop();
    };
  }, [client, document, identity]);

  useEffect(() => {
    if (reconnections > 0) refreshNow();
  }, [reconnections]);
}
