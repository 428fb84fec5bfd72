import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';
import { longThread } from '../support/long-thread.ts';

let api: Api;
let lab: Lab;
beforeAll(async () => { api = await startApi(); lab = await openLab(api); });
afterAll(() => api.stop());

const PAGE = 'commentPage(%) { totalCount nodes { id number body } pageInfo { hasPreviousPage hasNextPage startCursor endCursor } }';
interface Page { readonly totalCount: number; readonly nodes: readonly { readonly id: string; readonly number: number; readonly body: string }[]; readonly pageInfo: { readonly hasPreviousPage: boolean; readonly hasNextPage: boolean; readonly startCursor: string; readonly endCursor: string } }

const readPage = async (thread: string, args: string): Promise<Page> => (await api.ok<{ thread: { commentPage: Page } }>(`query($id: ID!) { thread(id: $id) { ${PAGE.replace('%', args)} } }`, { id: thread }, lab.vera)).thread.commentPage;
const refusalOf = async (thread: string, args: string) => (await api.gql(`query($id: ID!) { thread(id: $id) { ${PAGE.replace('%', args)} } }`, { id: thread }, lab.vera)).errors[0]?.extensions.reason;
const numbers = ({ nodes }: Page): readonly number[] => nodes.map(({ number }) => number);
const START = 'mutation($id: ID!, $body: String!) { startThread(input: { subject: $id, body: $body }) { thread { id comments(first: 1) { id } } } }';
const start = async (subject: string, body = 'First.') => (await api.ok<{ startThread: { thread: { id: string; comments: readonly { id: string }[] } } }>(START, { id: subject, body }, lab.vera)).startThread.thread;
const REPLY = 'mutation($thread: ID!, $body: String!) { reply(input: { thread: $thread, body: $body }) { comment { id number } } }';
const reply = async (thread: string, body: string) => (await api.ok<{ reply: { comment: { id: string; number: number } } }>(REPLY, { thread, body }, lab.grace)).reply.comment;

/** Three hundred comments behind the first. */
async function long(name: string): Promise<{ readonly experiment: string; readonly thread: string }> {
  const { id } = await lab.experiment(name);
  const thread = await start(id);
  await longThread(api.adapters.prisma, thread.id, { comments: 300, author: lab.grace.email });
  return { experiment: id, thread: thread.id };
}

test('a thread has no end: whoever answers the thousandth comment gets the next number', async () => {
  const { id } = await lab.experiment('endless');
  const thread = await start(id);
  await longThread(api.adapters.prisma, thread.id, { comments: 1_200, author: lab.grace.email });
  expect(await reply(thread.id, 'One more.')).toMatchObject({ number: 1_202 });
  expect(numbers(await readPage(thread.id, 'last: 2'))).toEqual([1_201, 1_202]);
});

test('pages have bounds, and those of a long thread leave nothing out', async () => {
  const { thread } = await long('read in pages');
  expect(await refusalOf(thread, 'last: 201')).toBe('page/size');
  expect(await refusalOf(thread, 'first: 1, last: 1')).toBe('page/both-ways');
  expect((await readPage(thread, 'first: null')).nodes).toHaveLength(50);
  const read: number[] = [];
  let before = '';
  for (;;) {
    const page = await readPage(thread, `last: 70${before}`);
    expect(page.totalCount).toBe(301);
    read.unshift(...numbers(page));
    if (!page.pageInfo.hasPreviousPage) break;
    before = `, before: "${page.pageInfo.startCursor}"`;
  }
  expect(read).toEqual(Array.from({ length: 301 }, (_, at) => at + 1));
});

test('a cursor of another thread is refused, as is a made-up one', async () => {
  const [one, other] = [await long('one'), await long('other')];
  const { pageInfo } = await readPage(other.thread, 'last: 5');
  expect(await refusalOf(one.thread, `last: 5, before: "${pageInfo.startCursor}"`)).toBe('page/cursor');
  expect(await refusalOf(one.thread, `first: 5, after: "${pageInfo.endCursor}"`)).toBe('page/cursor');
  for (const keys of [[one.thread, 1e12], [one.thread, -1], [one.thread, 1.5], [one.thread, '1'], ['2026-01-01', 'com_1']]) {
    expect(await refusalOf(one.thread, `first: 5, after: "${Buffer.from(JSON.stringify(keys)).toString('base64url')}"`)).toBe('page/cursor');
  }
});

test('a link to a comment leads to it and what stands around it, for those who may read it', async () => {
  const { thread } = await long('linked');
  const all = await readPage(thread, 'first: 200');
  const linked = all.nodes[149];
  const around = await readPage(thread, `first: 20, around: "${linked?.id}"`);
  expect(numbers(around)).toEqual(Array.from({ length: 20 }, (_, at) => 140 + at));
  expect(around.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
  expect(numbers(await readPage(thread, `first: 4, around: "${all.nodes[0]?.id}"`))).toEqual([1, 2, 3, 4]);
  expect(await refusalOf(thread, `around: "${linked?.id}", last: 2`)).toBe('page/both-ways');
  const elsewhere = await start((await lab.experiment('elsewhere')).id);
  expect(await refusalOf(elsewhere.id, `around: "${linked?.id}"`)).toBe('comment/unknown');
  const COMMENT = 'query($id: ID!) { comment(id: $id) { number thread { id } } }';
  expect(await api.ok(COMMENT, { id: linked?.id }, lab.vera)).toEqual({ comment: { number: 150, thread: { id: thread } } });
  expect(await api.ok(COMMENT, { id: linked?.id }, lab.eve)).toEqual({ comment: null });
});

interface Changed { readonly verb: string; readonly thread: { readonly id: string; readonly unread: { readonly count: number }; readonly following: string | null }; readonly comment: { readonly id: string; readonly body: string; readonly viewerCan: { readonly edit: boolean } } | null }
const WATCH = 'subscription($subject: ID!) { discussionChanged(subject: $subject) { verb thread { id unread { count } following } comment { id body viewerCan { edit } } } }';

test('an event names its thread and its comment and nothing beside, in the rights of who hears it', async () => {
  const { experiment, thread } = await long('heard of');
  const quiet = await start(experiment, 'Another thread.');
  await api.ok('mutation($thread: ID!) { followThread(input: { thread: $thread, following: MUTED }) { thread { id } } }', { thread }, lab.ada);
  const heard = new Map<string, Changed[]>();
  const sockets = [lab.ada, lab.grace].map((as) => {
    const own: Changed[] = [];
    heard.set(as.email, own);
    const socket = api.socket(as);
    socket.subscribe<{ discussionChanged: Changed }>({ query: WATCH, variables: { subject: experiment } }, { next: ({ data }) => { if (data) own.push(data.discussionChanged); }, error: () => {}, complete: () => {} });
    return socket;
  });
  const of = (email: string, comment: string): Changed | undefined => heard.get(email)?.find((change) => change.comment?.id === comment);
  // Nothing is told before the subscriptions stand: answers are given until something is heard by both.
  await expect.poll(async () => {
    await reply(thread, 'Is anybody there?');
    return [...heard.values()].every((own) => own.length > 0);
  }, { timeout: 20_000, interval: 300 }).toBe(true);
  const answer = await reply(thread, 'Heard of at once.');
  await expect.poll(() => [...heard.keys()].every((email) => of(email, answer.id) !== undefined), { timeout: 20_000 }).toBe(true);
  const toAda = of(lab.ada.email, answer.id);
  expect(toAda).toMatchObject({ verb: 'replied', thread: { id: thread, following: 'MUTED' }, comment: { body: 'Heard of at once.', viewerCan: { edit: false } } });
  expect(toAda?.thread.unread.count).toBeGreaterThan(300);
  expect(of(lab.grace.email, answer.id)).toMatchObject({ thread: { id: thread, unread: { count: 0 } }, comment: { viewerCan: { edit: true } } });

  const last = (): Changed | undefined => heard.get(lab.ada.email)?.at(-1);
  await api.ok('mutation($comment: ID!) { react(input: { comment: $comment, reaction: AGREE }) { comment { id } } }', { comment: answer.id }, lab.grace);
  await expect.poll(last).toMatchObject({ verb: 'reacted', thread: { id: thread }, comment: { id: answer.id } });
  await api.ok('mutation($comment: ID!) { deleteComment(input: { comment: $comment }) { comment { id } } }', { comment: answer.id }, lab.grace);
  await expect.poll(last).toMatchObject({ verb: 'comment-deleted', thread: { id: thread }, comment: { id: answer.id, body: '' } });
  await api.ok('mutation($thread: ID!) { resolveThread(input: { thread: $thread }) { thread { id } } }', { thread: quiet.id }, lab.vera);
  await expect.poll(last).toMatchObject({ verb: 'resolved', thread: { id: quiet.id }, comment: null });
  for (const socket of sockets) await socket.dispose();
  expect(await api.refusal(`query { thread(id: "${thread}") { commentPage(first: 500) { totalCount } } }`, {}, lab.vera)).toBe('page/size');
});

test('who begins to listen hears first what was said just before, and that they may know it already', async () => {
  const { id } = await lab.experiment('asked for and listened to');
  const thread = await start(id, 'Before anybody listens.');
  const said = await reply(thread.id, 'Between the question and the listening.');
  interface Told { readonly discussionChanged: { readonly verb: string; readonly again: boolean; readonly comment: { readonly id: string } | null } }
  // Both are on their way from the database to this server; who listens before is told of them as they come.
  await expect.poll(async () => {
    const own: Told['discussionChanged'][] = [];
    const listening = api.subscribe<Told>('subscription($subject: ID!) { discussionChanged(subject: $subject) { verb again comment { id } } }', { subject: id }, lab.ada);
    for await (const each of listening) {
      own.push((each as Told).discussionChanged);
      if (own.length === 2) break;
    }
    return own.map(({ verb, again, comment }) => [verb, again, comment?.id === said.id]);
  }).toEqual([['started', true, false], ['replied', true, true]]);
});

test('an experiment that is followed without its talk is silent about it', async () => {
  const { key, id } = await lab.experiment('quiet page');
  const names: string[] = [];
  const socket = api.socket(lab.vera);
  socket.subscribe<{ experimentUpdated: { name: string } }>({ query: 'subscription($key: String!) { experimentUpdated(key: $key, talk: false) { name } }', variables: { key } }, { next: ({ data }) => { if (data) names.push(data.experimentUpdated.name); }, error: () => {}, complete: () => {} });
  await expect.poll(() => names.length).toBe(1);
  const thread = await start(id);
  await reply(thread.id, 'Talk.');
  await api.ok('mutation($key: String!) { updateExperiment(input: { experiment: $key, name: "renamed" }) { experiment { id } } }', { key }, lab.ada);
  await expect.poll(() => names.at(-1)).toBe('renamed');
  expect(names).toEqual(['quiet page', 'renamed']);
  await socket.dispose();
});

test('what is said in the middle of a long thread is found, shown and forgotten with its words', async () => {
  const { thread } = await long('searched');
  const middle = (await readPage(thread, 'first: 200')).nodes[123];
  const find = (text: string) => api.ok<{ search: { totalCount: number; nodes?: unknown } }>('query($text: String!) { search(text: $text) { totalCount } }', { text }, lab.ada);
  expect((await find('narwhalicorn')).search.totalCount).toBe(0);
  const last = await reply(thread, 'A narwhalicorn was seen here.');
  const again = await reply(thread, 'Two more: a narwhalicorn and a snarkbird.');
  await expect.poll(async () => (await find('narwhalicorn')).search.totalCount).toBe(2);
  const kept = () => api.adapters.prisma.searchDocument.findMany({ where: { subjectId: thread }, select: { part: true, body: true }, orderBy: { part: 'asc' } });
  // The 302nd comment is in the seventh part, and only that part was written.
  expect((await kept()).map(({ part }) => part)).toEqual([0, 6]);
  for (const { id } of [last, again]) await api.ok('mutation($comment: ID!) { deleteComment(input: { comment: $comment }) { comment { id } } }', { comment: id }, lab.grace);
  expect((await find('narwhalicorn')).search.totalCount).toBe(0);
  await api.ok('mutation($comment: ID!) { editComment(input: { comment: $comment, body: "It was a heffalump." }) { comment { id } } }', { comment: middle?.id }, lab.grace);
  expect((await find('heffalump')).search.totalCount).toBe(2);
  expect((await kept()).map(({ part }) => part)).toEqual([0, 2, 6]);
});
