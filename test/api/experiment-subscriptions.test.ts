import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Api, type As } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
beforeAll(async () => { api = await startApi(); lab = await openLab(api); });
afterAll(() => api.stop());

const WATCH = 'subscription($key: String!) { experimentUpdated(key: $key) { name approval threads { totalCount } } }';
const THREADS = 'subscription($subject: ID!) { threadUpdated(subject: $subject) { id commentCount resolvedAt } }';
const REMOVE = 'mutation($project: String!, $email: String!) { removeMember(input: { project: $project, email: $email }) { project { id } } }';
const START = 'mutation($id: ID!) { startThread(input: { subject: $id, body: "hello" }) { thread { id } } }';

interface Watched { readonly experimentUpdated: { readonly name: string; readonly approval: string; readonly threads: { readonly totalCount: number } } }

/** Answers of the subscription until one is as wanted; fails when it ends before. */
async function until<Data>(answers: AsyncIterator<Data>, wanted: (data: Data) => boolean): Promise<Data> {
  for (;;) {
    const { value, done } = await answers.next();
    if (done) throw new Error('the subscription ended');
    if (wanted(value as Data)) return value as Data;
  }
}

test('who watches an experiment sees it now, then every change of it, its threads and its reviews', async () => {
  const { key, id } = await lab.experiment('watched');
  const answers = api.subscribe<Watched>(WATCH, { key }, lab.vera);
  expect((await answers.next()).value).toMatchObject({ experimentUpdated: { name: 'watched', approval: 'NONE' } });
  await api.ok('mutation($key: String!) { updateExperiment(input: { experiment: $key, name: "renamed" }) { experiment { id } } }', { key }, lab.ada);
  await until(answers, ({ experimentUpdated }) => experimentUpdated.name === 'renamed');
  await api.ok(START, { id }, lab.ada);
  await until(answers, ({ experimentUpdated }) => experimentUpdated.threads.totalCount === 1);
  await api.ok('mutation($key: String!, $email: String!) { requestReview(input: { experiment: $key, reviewers: [$email] }) { experiment { id } } }', { key, email: lab.grace.email }, lab.ada);
  await until(answers, ({ experimentUpdated }) => experimentUpdated.approval === 'REQUESTED');
  await answers.return?.();
});

test('who shows an experiment is told of reviews with all they change, and of the rest only that it changed', async () => {
  const { key, id } = await lab.experiment('reviewed live');
  interface Changed { readonly experimentChanged: { readonly experiment: { readonly name: string }; readonly reviewed: object | null; readonly review: object | null; readonly checked: object | null } }
  const answers = api.subscribe<Changed>('subscription($key: String!) { experimentChanged(key: $key) { experiment { name } reviewed { approval viewerCan { approve } } review { body dismissal { reason } } checked { checks { key state } } } }', { key }, lab.vera);
  const next = async () => ((await answers.next()).value as Changed).experimentChanged;
  const nothing = { reviewed: null, review: null, checked: null };
  expect(await next()).toEqual({ experiment: { name: 'reviewed live' }, ...nothing });
  await api.ok(START, { id }, lab.ada);
  await api.ok('mutation($key: String!) { updateExperiment(input: { experiment: $key, name: "read again" }) { experiment { id } } }', { key }, lab.ada);
  expect(await next()).toEqual({ experiment: { name: 'read again' }, ...nothing });
  await api.ok('mutation($key: String!, $email: String!) { requestReview(input: { experiment: $key, reviewers: [$email] }) { experiment { id } } }', { key, email: lab.grace.email }, lab.ada);
  expect(await next()).toMatchObject({ reviewed: { approval: 'REQUESTED', viewerCan: { approve: false } }, review: { body: null, dismissal: null }, checked: null });
  const { submitReview: { review } } = await api.ok<{ submitReview: { review: { id: string } } }>('mutation($key: String!) { submitReview(input: { experiment: $key, decision: REQUEST_CHANGES, body: "Why?" }) { review { id } } }', { key }, lab.grace);
  expect(await next()).toMatchObject({ reviewed: { approval: 'CHANGES_REQUESTED' }, review: { body: 'Why?' }, checked: null });
  await api.ok('mutation($id: ID!) { dismissReview(input: { review: $id, reason: "Answered." }) { review { id } } }', { id: review.id }, lab.grace);
  expect(await next()).toMatchObject({ review: { dismissal: { reason: 'Answered.' } }, checked: null });
  await api.adapters.prisma.experiment.update({ where: { id }, data: { evidenceDigest: 'seen' } });
  await api.ok('mutation($key: String!) { tickCheck(input: { experiment: $key, check: "plausible", good: true }) { experiment { id } } }', { key }, lab.grace);
  expect(await next()).toMatchObject({ reviewed: {}, review: null, checked: { checks: expect.any(Array) as unknown } });
  await answers.return?.();
});

test('two who ask the same are told what each of them may do, though an answer is made once for all with the same rights', async () => {
  const { key } = await lab.experiment('shared');
  const asked = 'subscription($key: String!) { experimentUpdated(key: $key) { name viewerCan { comment edit } } }';
  type Asked = { readonly experimentUpdated: { readonly name: string; readonly viewerCan: { readonly comment: boolean; readonly edit: boolean } } };
  const listeners = [lab.ada, lab.vera, lab.ada, lab.vera].map((as) => api.subscribe<Asked>(asked, { key }, as));
  for (const listener of listeners) await listener.next();
  for (const name of ['first', 'second']) {
    await api.ok('mutation($key: String!, $name: String!) { updateExperiment(input: { experiment: $key, name: $name }) { experiment { id } } }', { key, name }, lab.ada);
    const told = await Promise.all(listeners.map((listener) => until(listener, ({ experimentUpdated }) => experimentUpdated.name === name)));
    expect(told.map(({ experimentUpdated }) => experimentUpdated.viewerCan.edit)).toEqual([true, false, true, false]);
  }
  for (const listener of listeners) await listener.return?.();
});

test('who watches a thing hears of its threads', async () => {
  const { id } = await lab.experiment('discussed live');
  const answers = api.subscribe<{ threadUpdated: { id: string; commentCount: number } }>(THREADS, { subject: id }, lab.vera);
  // Nothing is told before there is something: starting threads until one is heard of shows that the subscription stands.
  const first = answers.next();
  let heard = false;
  void first.then(() => { heard = true; });
  while (!heard) {
    await api.ok(START, { id }, lab.ada);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  const { threadUpdated } = (await first).value as { threadUpdated: { id: string; commentCount: number } };
  expect(threadUpdated.commentCount).toBe(1);
  await api.ok('mutation($id: ID!) { reply(input: { thread: $id, body: "yes" }) { thread { id } } }', { id: threadUpdated.id }, lab.grace);
  await until(answers, (data) => data.threadUpdated.id === threadUpdated.id && data.threadUpdated.commentCount === 2);
  await answers.return?.();
});

/** What the socket was told instead of an answer. */
async function refusalOf(query: string, variables: Record<string, unknown>, as: As): Promise<string> {
  try {
    return `it answered ${JSON.stringify(await api.subscribe(query, variables, as).next())}`;
  } catch (error) {
    return error instanceof Error ? error.message : JSON.stringify(error);
  }
}

test('without the right there is no subscription', async () => {
  const { key, id } = await lab.experiment('hidden');
  expect(await refusalOf(WATCH, { key }, lab.eve)).toContain('experiment/unknown');
  expect(await refusalOf(THREADS, { subject: id }, lab.eve)).toContain('thread/unknown-subject');
  expect(await refusalOf('subscription($key: String!) { experimentChanged(key: $key) { reviewed { id } } }', { key }, lab.eve)).toContain('experiment/unknown');
  expect(await refusalOf(WATCH, { key: 'NOPE-1' }, lab.ada)).toContain('experiment/unknown');
});

test('a subscription ends with the right to it', async () => {
  const { key } = await lab.experiment('taken away');
  const nina = await api.signUp('Nina');
  await api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', { input: { project: lab.slug, email: nina.email, role: 'VIEWER' } }, lab.ada);
  const answers = api.subscribe<Watched>(WATCH, { key }, nina);
  expect((await answers.next()).value).toMatchObject({ experimentUpdated: { name: 'taken away' } });
  await api.ok(REMOVE, { project: lab.slug, email: nina.email }, lab.ada);
  await api.ok('mutation($key: String!) { updateExperiment(input: { experiment: $key, name: "secret now" }) { experiment { id } } }', { key }, lab.ada);
  const rest: Watched[] = [];
  for await (const answer of answers) rest.push(answer);
  expect(JSON.stringify(rest)).not.toContain('secret now');
});
