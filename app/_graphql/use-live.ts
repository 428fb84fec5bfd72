'use client';

import { useEffect, useEffectEvent } from 'react';
import { useClient, type AnyVariables, type TypedDocumentNode } from 'urql';
import { useConnection } from './connection.ts';

const QUIET_IN_MS = 400;

/**
 * Calls `refresh` when something a subscription names has changed, at most once in 400 ms, and once after a lost connection came back.
 * The page keeps what it shows until the fresh answer is there. `keys` are the subscription's variables, one live line each.
 */
export function useLive<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  keys: readonly Variables[],
  refresh: () => void,
): void {
  const client = useClient();
  const { reconnections } = useConnection();
  const refreshNow = useEffectEvent(refresh);
  const identity = JSON.stringify(keys);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const soon = () => {
      timer ??= setTimeout(() => { timer = null; refreshNow(); }, QUIET_IN_MS);
    };
    const lines = (JSON.parse(identity) as Variables[]).map((variables) => client.subscription(document, variables).subscribe((result) => { if (result.data) soon(); }));
    return () => {
      for (const line of lines) line.unsubscribe();
      if (timer) clearTimeout(timer);
    };
  }, [client, document, identity]);

  useEffect(() => {
    if (reconnections > 0) refreshNow();
  }, [reconnections]);
}
