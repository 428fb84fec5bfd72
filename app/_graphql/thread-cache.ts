import type { Cache } from '@urql/exchange-graphcache';
import { gql, type TypedDocumentNode } from 'urql';

/** What can be talked about and is shown with its threads. */
export const SUBJECTS = ['Experiment', 'Hypothesis', 'Run', 'Note', 'Project'] as const;

/** What an answer or an event tells of a thread and one comment of it. */
export interface ThreadChange {
  readonly subject: string;
  readonly thread: { readonly id: string; readonly number: number; readonly resolvedAt: string | null; readonly unread?: { readonly count: number } };
  readonly comment?: { readonly id: string; readonly number: number } | null;
}

const numberOf = (cache: Cache, key: string): number => Number(cache.resolve(key, 'number'));

/** What a page or list that is shown holds, by its keys; null where it was never asked what it holds. */
function nodesOf(cache: Cache, list: unknown): readonly string[] | null {
  const nodes = typeof list === 'string' ? cache.resolve(list, 'nodes') : null;
  return Array.isArray(nodes) ? (nodes as string[]) : null;
}

/** Puts a comment among those that are shown of its thread. Nothing else of the thread is read for it. */
export function putComment(cache: Cache, { thread, comment }: ThreadChange): void {
  const key = comment ? cache.keyOfEntity({ __typename: 'Comment', id: comment.id }) : null;
  if (key === null) return;
  for (const page of newestPages(cache, thread.id)) {
    const shown = nodesOf(cache, page);
    if (shown === null || shown.includes(key)) continue;
    const isOlder = shown[0] !== undefined && numberOf(cache, key) < numberOf(cache, shown[0]);
    if (!isOlder) cache.link(page, 'nodes', [...shown, key].toSorted((a, b) => numberOf(cache, a) - numberOf(cache, b)));
  }
}

/** Pages before them hold all of theirs already. */
function newestPages(cache: Cache, thread: string): readonly string[] {
  const entity = { __typename: 'Thread', id: thread };
  const fields = cache.inspectFields(entity).filter(({ fieldName, arguments: args }) => fieldName === 'commentPage' && args?.['last'] !== undefined && args['before'] === undefined);
  return fields.map(({ fieldKey }) => cache.resolve(entity, fieldKey)).filter((page) => typeof page === 'string');
}

/** Puts a thread, all of which is known, into the lists it belongs to, or takes it out. */
export function putThread(cache: Cache, { subject, thread }: ThreadChange): void {
  const key = cache.keyOfEntity({ __typename: 'Thread', id: thread.id });
  for (const { list, args } of listsOf(cache, subject)) {
    const shown = nodesOf(cache, list);
    // Older threads are shown below a cursor; a new one is none of them.
    if (list === undefined || key === null || shown === null || args['after'] !== undefined) continue;
    const belongs = args['state'] === undefined || (args['state'] === 'OPEN') === (thread.resolvedAt === null);
    // Older than a page that is full: it is on another one.
    const isOlder = shown.length >= Number(args['first']) && shown.every((one) => numberOf(cache, one) > thread.number);
    if (belongs === shown.includes(key) || (belongs && isOlder)) continue;
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

/** An answer that was asked for before an event may come after it, and know nothing of it: no answer takes so long. */
const OVERTAKEN_FOR_MS = 30_000;
const MOST_KEPT = 100;

/** What events told lately. An answer writes what it holds over what is there, and what it was too early for is put back. */
export class RecentChanges {
  private kept: readonly { readonly change: ThreadChange; readonly at: number }[] = [];

  keep(change: ThreadChange, at: number): void {
    this.kept = [...this.kept.filter((each) => at - each.at < OVERTAKEN_FOR_MS), { change, at }].slice(-MOST_KEPT);
  }

  putBack(cache: Cache, subject: unknown, at: number): void {
    for (const { change } of this.kept.filter((each) => each.change.subject === subject && at - each.at < OVERTAKEN_FOR_MS)) {
      const key = change.comment ? cache.keyOfEntity({ __typename: 'Comment', id: change.comment.id }) : null;
      if (key !== null && cache.resolve(key, 'number') !== null && cache.resolve(key, 'number') !== undefined) putComment(cache, change);
      if (isKnown(cache, change.thread.id)) putThread(cache, change);
      countThreads(cache, change);
    }
  }
}
