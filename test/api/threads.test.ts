import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
beforeAll(async () => { api = await startApi(); lab = await openLab(api); });
afterAll(() => api.stop());

const THREAD = 'id anchor resolvedAt commentCount subject { __typename } createdBy { email } comments { id body editedAt viewerCanEdit author { email } } viewerCan { reply resolve }';
const START = `mutation($input: StartThreadInput!) { startThread(input: $input) { thread { ${THREAD} } } }`;
const REPLY = `mutation($thread: ID!, $body: String!) { reply(input: { thread: $thread, body: $body }) { thread { ${THREAD} } } }`;
const RESOLVE = 'mutation($thread: ID!, $resolved: Boolean) { resolveThread(input: { thread: $thread, resolved: $resolved }) { thread { resolvedAt } } }';
const EDIT = `mutation($comment: ID!, $body: String!) { editComment(input: { comment: $comment, body: $body }) { thread { ${THREAD} } } }`;

interface Thread { readonly id: string; readonly comments: readonly { readonly id: string }[] }
const start = async (subject: string, body = 'Is this noise?', as = lab.vera) => (await api.ok<{ startThread: { thread: Thread } }>(START, { input: { subject, body } }, as)).startThread.thread;

test('a reader may talk about anything in the project', async () => {
  const { id, hypothesis } = await lab.experiment('talked about');
  const [run] = await lab.runs(id, 'aug=none', [1]);
  const variant = await api.adapters.prisma.variant.findFirstOrThrow({ where: { experimentId: id } });
  const first = await start(id);
  for (const [subject, typename] of [[id, 'Experiment'], [hypothesis, 'Hypothesis'], [String(run), 'Run'], [variant.id, 'Variant'], [lab.projectId, 'Project'], [first.id, 'Thread']] as const) {
    const thread = await start(subject);
    expect(thread).toMatchObject({ subject: { __typename: typename }, anchor: null, commentCount: 1, createdBy: { email: lab.vera.email }, comments: [{ body: 'Is this noise?', editedAt: null, viewerCanEdit: true }], viewerCan: { reply: true, resolve: true } });
  }
  const READ = 'query($e: ID!, $h: ID!, $r: ID!) { e: node(id: $e) { ... on Experiment { threads { totalCount } } } h: node(id: $h) { ... on Hypothesis { threads { totalCount } } } r: node(id: $r) { ... on Run { threads { totalCount } } } }';
  expect(await api.ok(READ, { e: id, h: hypothesis, r: run }, lab.ada)).toEqual({ e: { threads: { totalCount: 2 } }, h: { threads: { totalCount: 1 } }, r: { threads: { totalCount: 1 } } });
});

test('a thread on the verdict hangs on the experiment, at the verdict', async () => {
  const { id } = await lab.experiment('with a verdict');
  const verdict = await api.adapters.prisma.verdict.create({ data: { id: api.adapters.ports.ids.next('verdict'), experimentId: id, outcome: 'INCONCLUSIVE', metric: 'val_acc', baselineRuns: 1, treatmentRuns: 1, method: 'none', explanation: 'Too few runs.', comparisons: [], inputsDigest: 'd', inputsVersion: 1, softwareVersion: '0' } });
  expect(await start(verdict.id)).toMatchObject({ subject: { __typename: 'Experiment' }, anchor: { kind: 'verdict' } });
});

test('anchors say where; nonsense is refused', async () => {
  const { id } = await lab.experiment('anchored');
  const anchor = { kind: 'chart', metric: 'val_acc', step: 3 };
  expect(await api.ok(START, { input: { subject: id, body: 'here', anchor } }, lab.vera)).toMatchObject({ startThread: { thread: { anchor: { ...anchor, kind: 'point' } } } });
  expect(await api.refusal(START, { input: { subject: id, body: 'here', anchor: 'verdict' } }, lab.vera)).toBe('thread/anchor');
  expect(await api.refusal(START, { input: { subject: id, body: 'here', anchor: { text: 'x'.repeat(5000) } } }, lab.vera)).toBe('thread/anchor');
});

test('bodies are kept exactly, as text', async () => {
  const { id } = await lab.experiment('hostile');
  const body = `<script>alert(document.cookie)</script> '); DROP TABLE comments; -- [x](javascript:alert(1))`;
  expect((await start(id, body)).comments).toMatchObject([{ body }]);
  expect(await api.refusal(START, { input: { subject: id, body: ' ' } }, lab.vera)).toBe('comment/body-empty');
  expect(await api.refusal(START, { input: { subject: id, body: 'x'.repeat(50_001) } }, lab.vera)).toBe('comment/body-too-long');
});

test("another project's things cannot be talked about, nor its threads read or answered", async () => {
  const { id, hypothesis } = await lab.experiment('private');
  const [run] = await lab.runs(id, 'aug=none', [1]);
  const thread = await start(id);
  for (const subject of [id, hypothesis, run, lab.projectId, thread.id, 'exp_none', 'nonsense', '']) expect(await api.refusal(START, { input: { subject, body: 'hi' } }, lab.eve)).toBe('thread/unknown-subject');
  expect(await api.refusal(REPLY, { thread: thread.id, body: 'hi' }, lab.eve)).toBe('thread/unknown');
  expect(await api.refusal(RESOLVE, { thread: thread.id }, lab.eve)).toBe('thread/unknown');
  expect(await api.refusal(EDIT, { comment: thread.comments[0]?.id, body: 'hi' }, lab.eve)).toBe('comment/unknown');
  expect(await api.ok('query($id: ID!) { thread(id: $id) { id } node(id: $id) { id } }', { id: thread.id }, lab.eve)).toEqual({ thread: null, node: null });
});

test('replies are in the order they came', async () => {
  const { id } = await lab.experiment('discussed');
  const thread = await start(id, 'one');
  await api.ok(REPLY, { thread: thread.id, body: 'two' }, lab.grace);
  expect(await api.ok(REPLY, { thread: thread.id, body: 'three' }, lab.vera)).toMatchObject({ reply: { thread: { commentCount: 3, comments: [{ body: 'one' }, { body: 'two' }, { body: 'three' }] } } });
});

test('only its author changes a comment, and it says so', async () => {
  const { id } = await lab.experiment('edited');
  const thread = await start(id, 'teh');
  expect(await api.refusal(EDIT, { comment: thread.comments[0]?.id, body: 'the' }, lab.ada)).toBe('comment/not-yours');
  expect(await api.ok(EDIT, { comment: thread.comments[0]?.id, body: 'the' }, lab.vera)).toMatchObject({ editComment: { thread: { comments: [{ body: 'the', editedAt: expect.any(String) as string }] } } });
  expect(await api.refusal(EDIT, { comment: 'com_none', body: 'x' }, lab.vera)).toBe('comment/unknown');
});

test('who started it and members settle a thread, and open it again', async () => {
  const { id } = await lab.experiment('settled');
  const [ofVera, ofAda] = [await start(id), await start(id, 'Mine', lab.ada)];
  expect(await api.refusal(RESOLVE, { thread: ofAda.id }, lab.vera)).toBe('thread/may-not-resolve');
  expect(await api.ok(RESOLVE, { thread: ofVera.id }, lab.vera)).toEqual({ resolveThread: { thread: { resolvedAt: expect.any(String) as string } } });
  expect(await api.ok(RESOLVE, { thread: ofVera.id, resolved: false }, lab.grace)).toEqual({ resolveThread: { thread: { resolvedAt: null } } });
});
