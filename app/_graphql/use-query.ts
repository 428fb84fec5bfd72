'use client';

import { useCallback, useMemo } from 'react';
// oxlint-disable-next-line no-restricted-imports -- this is the one place that may
import { createRequest, useClient, useQuery as useUrqlQuery, type AnyVariables, type UseQueryArgs, type UseQueryState } from 'urql';

/**
 * urql's useQuery, with a `refresh` of our own: it asks the server again, and the answer reaches this page and every other that shows the same.
 * urql's own makes a new source inside a state updater, which React may run again at every render: where a page is hydrated at low priority it then
 * subscribes, aborts and asks without end (seen: five hundred questions a second).
 */
export function useQuery<Data, Variables extends AnyVariables>(args: UseQueryArgs<Variables, Data>): readonly [UseQueryState<Data, Variables>, () => void] {
  const client = useClient();
  const [state] = useUrqlQuery<Data, Variables>(args);
  const asked = JSON.stringify(args.variables ?? {});
  const request = useMemo(() => createRequest(args.query, JSON.parse(asked) as Variables), [args.query, asked]);
  const refresh = useCallback(() => { void client.executeQuery(request, { requestPolicy: 'network-only' }).toPromise(); }, [client, request]);
  return [{ ...state, fetching: state.fetching || (state.stale && state.data === undefined) }, refresh];
}
