import { Client, gql, type Exchange } from 'urql';
import { expect, test } from 'vitest';
import { filter, map, merge, pipe } from 'wonka';
import { normalisedCache } from './cache.ts';

const COMMENT = 'id number body';
const THREADS = gql(`query ($first: Int!, $after: String) { node(id: "exp_1") { id ... on Experiment { unreadComments threads(first: $first, after: $after) { totalCount nodes { id number createdAt resolvedAt unread { count } commentPage(last: 3) { nodes { ${COMMENT} } } } } } } }`);
const OPEN = gql('query { node(id: "exp_1") { id ... on Experiment { threads(first: 200, state: OPEN) { nodes { id number } } } } }');
const CHANGED = gql(`subscription { discussionChanged(subject: "exp_1") { verb again thread { id number resolvedAt unread { count } } comment { ${COMMENT} } } }`);
const ONE = gql(`query ($id: ID!) { thread(id: $id) { id number createdAt resolvedAt unread { count } commentPage(last: 3) { nodes { ${COMMENT} } } subject { ... on Experiment { id } } } }`);

const comment = (thread: string, number: number) => ({ __typename: 'Comment', id: `com_${thread}_${number}`, number, body: `${number}` });
const thread = (id: string, number: number, last: number) => ({
  __typename: 'Thread', id, number, createdAt: '2026-01-01', resolvedAt: null, unread: { __typename: 'UnreadComments', count: 1 },
  commentPage: { __typename: 'CommentConnection', nodes: [last - 1, last].map((each) => comment(id, each)) },
});

/** A page that shows the two newest of eight threads, a server that counts what it is asked, and events made up here. */
function openPage() {
  let asked = 0;
  const answers: Record<string, unknown> = {};
  const server: Exchange = () => (operations) => merge([
    pipe(operations, filter(({ kind }) => kind === 'query'), map((operation) => {
      asked += 1;
      return { operation, data: answers[JSON.stringify(operation.variables ?? {})], stale: false, hasNext: false };
    })),
    pipe(operations, filter(({ kind }) => kind === 'subscription'), map((operation) => ({ operation, data: { discussionChanged: answers['event'] }, stale: false, hasNext: false }))),
  ]);
  const client = new Client({ url: 'http://127.0.0.1/graphql', preferGetMethod: false, exchanges: [normalisedCache(), server] });
  const nodes = [thread('thr_8', 8, 20), thread('thr_7', 7, 10)];
  answers['{"first":2}'] = { node: { __typename: 'Experiment', id: 'exp_1', unreadComments: 4, threads: { __typename: 'ThreadConnection', totalCount: 8, nodes } } };
  answers['{}'] = { node: { __typename: 'Experiment', id: 'exp_1', threads: { __typename: 'ThreadConnection', nodes: nodes.map(({ id, number }) => ({ __typename: 'Thread', id, number })) } } };
  // As a page does: what it shows is what it was told last.
  const told = new Map<unknown, unknown>();
  client.query(THREADS, { first: 2 }).subscribe(({ data }) => { told.set(THREADS, data); });
  client.query(OPEN, {}).subscribe(({ data }) => { told.set(OPEN, data); });
  interface Shown { readonly unreadComments: number; readonly threads: { readonly totalCount: number; readonly nodes: readonly ReturnType<typeof thread>[] } }
  const shown = (): Shown => (told.get(THREADS) as { node: Shown }).node;
  return {
    shown,
    open: () => (told.get(OPEN) as { node: { threads: { nodes: readonly { id: string }[] } } }).node.threads.nodes.map(({ id }) => id),
    comments: (id: string) => shown().threads.nodes.find((each) => each.id === id)?.commentPage.nodes.map(({ number }) => number),
    asked: () => asked,
    hear: (verb: string, of: ReturnType<typeof thread>, said: ReturnType<typeof comment> | null, again = false) => {
      const { commentPage: _, createdAt: __, ...head } = of;
      answers['event'] = { __typename: 'DiscussionChange', verb, again, thread: head, comment: said };
      return new Promise<void>((resolve) => { client.subscription(CHANGED, {}).subscribe(() => resolve()).unsubscribe(); });
    },
    /** The server answers once more what it said at first: it was asked before what was heard since. */
    answerLate: async () => { await client.query(THREADS, { first: 2 }, { requestPolicy: 'network-only' }).toPromise(); },
    read: async (of: ReturnType<typeof thread>) => {
      answers[JSON.stringify({ id: of.id })] = { thread: { ...of, subject: { __typename: 'Experiment', id: 'exp_1' } } };
      await client.query(ONE, { id: of.id }).toPromise();
    },
  };
}

test('a comment joins those of its thread in the order of their numbers, once, and nothing is read for it', async () => {
  const page = openPage();
  const before = page.asked();
  const other = page.shown().threads.nodes[1];
  for (const number of [22, 21, 22]) await page.hear('replied', thread('thr_8', 8, 20), comment('thr_8', number));
  expect(page.comments('thr_8')).toEqual([19, 20, 21, 22]);
  expect(page.asked()).toBe(before);
  expect(page.shown().threads.nodes[1], 'and the other thread is the very same').toBe(other);
});

test('what is changed far above the newest comments does not join them', async () => {
  const page = openPage();
  await page.hear('edited', thread('thr_8', 8, 20), comment('thr_8', 3));
  expect(page.comments('thr_8')).toEqual([19, 20]);
});

test('a thread of another page, or one nobody has read yet, changes no list', async () => {
  const page = openPage();
  const settled = { ...thread('thr_3', 3, 5), resolvedAt: '2026-01-02' as never };
  await page.hear('replied', settled, comment('thr_3', 6));
  await page.read(settled);
  expect(page.shown().threads.nodes.map(({ number }) => number)).toEqual([8, 7]);
  await page.hear('started', thread('thr_9', 9, 2), comment('thr_9', 1));
  expect(page.shown().threads).toMatchObject({ totalCount: 9, nodes: [{ number: 8 }, { number: 7 }] });
  await page.read(thread('thr_9', 9, 2));
  expect(page.shown().threads.nodes.map(({ number }) => number)).toEqual([8, 7, 9]);
  expect(page.open()).toEqual(['thr_8', 'thr_7', 'thr_9']);
});

test('a settled thread leaves the open ones and comes back when it is opened again', async () => {
  const page = openPage();
  await page.hear('resolved', { ...thread('thr_7', 7, 10), resolvedAt: '2026-01-02' as never }, null);
  expect([page.open(), page.shown().threads.nodes.length]).toEqual([['thr_8'], 2]);
  await page.hear('reopened', thread('thr_7', 7, 10), null);
  expect(page.open()).toEqual(['thr_8', 'thr_7']);
});

test('what others say is one more that the viewer has not read; what one says oneself is not', async () => {
  const page = openPage();
  await page.hear('replied', thread('thr_8', 8, 20), comment('thr_8', 21));
  expect(page.shown().unreadComments).toBe(5);
  await page.hear('replied', { ...thread('thr_8', 8, 20), unread: { __typename: 'UnreadComments', count: 0 } }, comment('thr_8', 22));
  await page.hear('edited', thread('thr_8', 8, 20), comment('thr_8', 22));
  expect(page.shown().unreadComments).toBe(5);
});

test('what was said just before one listened joins its thread and is not counted a second time', async () => {
  const page = openPage();
  await page.hear('replied', thread('thr_8', 8, 20), comment('thr_8', 21), true);
  expect([page.comments('thr_8'), page.shown().unreadComments]).toEqual([[19, 20, 21], 4]);
});

test('an answer that was asked for before a thread was started, and comes after it, does not take it away', async () => {
  const page = openPage();
  await page.hear('started', thread('thr_9', 9, 2), comment('thr_9', 1));
  await page.read(thread('thr_9', 9, 2));
  await page.answerLate();
  expect(page.shown().threads).toMatchObject({ totalCount: 9, nodes: [{ number: 8 }, { number: 7 }, { number: 9 }] });
});

test('an answer that was asked for before a comment was heard, and comes after it, does not take it away', async () => {
  const page = openPage();
  await page.hear('replied', thread('thr_8', 8, 20), comment('thr_8', 21));
  await page.answerLate();
  expect(page.comments('thr_8')).toEqual([19, 20, 21]);
  await page.hear('replied', thread('thr_8', 8, 20), comment('thr_8', 22));
  await page.answerLate();
  expect(page.comments('thr_8')).toEqual([19, 20, 21, 22]);
});
