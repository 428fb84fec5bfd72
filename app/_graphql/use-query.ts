'use client';

import { useCallback, useMemo, useSyncExternalStore } from 'react';
// oxlint-disable-next-line no-restricted-imports -- this is the one place that may
import { createRequest, useClient, useQuery as useUrqlQuery, type AnyVariables, type UseQueryArgs, type UseQueryState } from 'urql';

const never = () => () => undefined;

/** False while what the server drew is taken over. */
const useIsTakenOver = (): boolean => useSyncExternalStore(never, () => true, () => false);

/**
 * urql's useQuery, with a `refresh` of our own: it asks the server again, and the answer reaches this page and every other that shows the same.
 * urql's own makes a new source inside a state updater, which React may run again at every render: where a page is hydrated at low priority it then
 * subscribes, aborts and asks without end (seen: five hundred questions a second).
 * What the cache has already is shown once the server's page is taken over: a part that is taken over late would draw it where the server had drawn that it is being read.
 */
export function useQuery<Data, Variables extends AnyVariables>(args: UseQueryArgs<Variables, Data>): readonly [UseQueryState<Data, Variables>, () => void] {
  const client = useClient();
  const isTakenOver = useIsTakenOver();
  const [state] = useUrqlQuery<Data, Variables>(args);
  const asked = JSON.stringify(args.variables ?? {});
  const request = useMemo(() => createRequest(args.query, JSON.parse(asked) as Variables), [args.query, asked]);
  const refresh = useCallback(() => { void client.executeQuery(request, { requestPolicy: 'network-only' }).toPromise(); }, [client, request]);
  if (!isTakenOver) return [{ stale: false, hasNext: false, fetching: args.pause !== true }, refresh];
  return [{ ...state, fetching: state.fetching || (state.stale && state.data === undefined) }, refresh];
}
