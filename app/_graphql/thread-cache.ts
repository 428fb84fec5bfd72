import type { Cache } from '@urql/exchange-graphcache';
import { gql, type TypedDocumentNode } from 'urql';

/** What can be talked about and is shown with its threads. */
const SUBJECTS = ['Experiment', 'Hypothesis', 'Run', 'Note'] as const;

/** What an answer or an event tells of a thread and one comment of it. */
export interface ThreadChange {
  readonly subject: string;
  readonly thread: { readonly id: string; readonly number: number; readonly resolvedAt: string | null; readonly unread?: { readonly count: number } };
  readonly comment?: { readonly id: string; readonly number: number } | null;
}

/** Puts a comment among those that are shown of its thread. Nothing else of the thread is read for it. */
export function putComment(cache: Cache, { thread, comment }: ThreadChange): void {
  if (comment == null) return;
  const entity = { __typename: 'Thread', id: thread.id };
  const key = cache.keyOfEntity({ __typename: 'Comment', id: comment.id });
  const numberOf = (one: string): number => Number(cache.resolve(one, 'number'));
  for (const { fieldName, fieldKey, arguments: args } of cache.inspectFields(entity)) {
    // Pages before the newest hold all of theirs already.
    if (fieldName !== 'commentPage' || args?.['last'] === undefined || args['before'] !== undefined) continue;
    const page = cache.resolve(entity, fieldKey) as string | null | undefined;
    const shown = page == null ? undefined : (cache.resolve(page, 'nodes') as string[] | undefined);
    if (page == null || key === null || shown === undefined || shown.includes(key)) continue;
    const first = shown[0];
    if (first !== undefined && comment.number < numberOf(first)) continue;
    cache.link(page, 'nodes', [...shown, key].toSorted((a, b) => numberOf(a) - numberOf(b)));
  }
}

/** Puts a thread, all of which is known, into the lists it belongs to, or takes it out. */
export function putThread(cache: Cache, { subject, thread }: ThreadChange): void {
  const key = cache.keyOfEntity({ __typename: 'Thread', id: thread.id });
  for (const { list, args } of listsOf(cache, subject)) {
    const shown = list === undefined ? undefined : (cache.resolve(list, 'nodes') as string[] | undefined);
    // Older threads are shown below a cursor; a new one is none of them.
    if (list === undefined || key === null || shown === undefined || args['after'] !== undefined) continue;
    const belongs = args['state'] === undefined || (args['state'] === 'OPEN') === (thread.resolvedAt === null);
    if (belongs === shown.includes(key)) continue;
    // Older than a page that is full: it is on another one.
    if (belongs && shown.length >= Number(args['first']) && shown.every((one) => Number(cache.resolve(one, 'number')) > thread.number)) continue;
    // At the end, whatever the order of the list: who shows it sorts by number, and what stands where it stood is not drawn again.
    cache.link(list, 'nodes', belongs ? [...shown, key] : shown.filter((one) => one !== key));
  }
}

/** Whether a thread was read as a whole: an event tells but what changes. */
export const isKnown = (cache: Cache, thread: string): boolean => cache.resolve({ __typename: 'Thread', id: thread }, 'createdAt') != null;

const TOTAL = new Map(SUBJECTS.map((name) => [name, gql`fragment Counted on ${name} { id threads(first: $first, after: $after, state: $state) { totalCount } }` as TypedDocumentNode<object, object>]));
const UNREAD = new Map(SUBJECTS.map((name) => [name, gql`fragment Unread on ${name} { id unreadComments }` as TypedDocumentNode<object, object>]));

/** Threads count up within their subject and stay, so the newest one's number says how many there are. */
export function countThreads(cache: Cache, { subject, thread }: ThreadChange): void {
  for (const { typename, list, args } of listsOf(cache, subject)) {
    const known = list === undefined ? undefined : cache.resolve(list, 'totalCount');
    const fragment = TOTAL.get(typename);
    if (typeof known !== 'number' || known >= thread.number || args['state'] !== undefined || fragment === undefined) continue;
    cache.writeFragment(fragment, { __typename: typename, id: subject, threads: { __typename: 'ThreadConnection', totalCount: thread.number } }, args);
  }
}

/** One more that the viewer has not read. What is read is told by the server. */
export function countUnread(cache: Cache, subject: string): void {
  for (const typename of SUBJECTS) {
    const known = cache.resolve({ __typename: typename, id: subject }, 'unreadComments');
    const fragment = UNREAD.get(typename);
    if (typeof known === 'number' && fragment !== undefined) cache.writeFragment(fragment, { __typename: typename, id: subject, unreadComments: known + 1 });
  }
}

interface List { readonly typename: (typeof SUBJECTS)[number]; readonly list: string | undefined; readonly args: Readonly<Record<string, unknown>> }

const listsOf = (cache: Cache, subject: string): readonly List[] => SUBJECTS.flatMap((typename) => {
  const entity = { __typename: typename, id: subject };
  return cache.inspectFields(entity).flatMap(({ fieldName, fieldKey, arguments: args }): List[] => {
    if (fieldName !== 'threads') return [];
    const list = cache.resolve(entity, fieldKey);
    return [{ typename, list: typeof list === 'string' ? list : undefined, args: args ?? {} }];
  });
});
