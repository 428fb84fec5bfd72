'use client';

import { useCallback, useMemo } from 'react';
// oxlint-disable-next-line no-restricted-imports -- this is the one place that may
import { createRequest, useClient, useQuery as useUrqlQuery, type AnyVariables, type Client, type GraphQLRequest, type UseQueryArgs, type UseQueryState } from 'urql';
import { useOfBrowser } from '../_ui/of-browser.ts';
import { urqlBody, useAskedEarly } from './early-answers.tsx';

/** False while what the server drew is taken over. */
const useIsTakenOver = (): boolean => useOfBrowser(() => true, false);

const TOGETHER_IN_MS = 20;
const aboutToBeAsked = new WeakMap<Client, Set<number>>();

/** A page that listens to several things hears the first word of each at nearly the same time: one question answers them all. */
function askAgain<Data, Variables extends AnyVariables>(client: Client, request: GraphQLRequest<Data, Variables>): void {
  const waiting = aboutToBeAsked.get(client) ?? new Set();
  aboutToBeAsked.set(client, waiting);
  if (waiting.has(request.key)) return;
  waiting.add(request.key);
  setTimeout(() => {
    waiting.delete(request.key);
    void client.executeQuery(request, { requestPolicy: 'network-only' }).toPromise();
  }, TOGETHER_IN_MS);
}

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
  useAskedEarly(() => (args.pause === true ? null : urqlBody(request)));
  const refresh = useCallback(() => { askAgain(client, request); }, [client, request]);
  if (!isTakenOver) return [{ stale: false, hasNext: false, fetching: args.pause !== true }, refresh];
  return [{ ...state, fetching: state.fetching || (state.stale && state.data === undefined) }, refresh];
}
