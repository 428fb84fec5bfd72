import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
beforeAll(async () => { api = await startApi(); lab = await openLab(api); });
afterAll(() => api.stop());

const PROPOSE = 'mutation($input: ProposeHypothesisInput!) { proposeHypothesis(input: $input) { hypothesis { id statement status grade gradeReasons { part message } author { email } guardrails minEffect direction viewerCan { edit comment } } } }';
const UPDATE = 'mutation($input: UpdateHypothesisInput!) { updateHypothesis(input: $input) { hypothesis { statement because status minEffect archivedAt grade } } }';
const READ = 'query($id: ID!) { hypothesis(id: $id) { statement project { slug } experiments { totalCount nodes { key } } threads { totalCount } } }';

test('a statement is all it takes', async () => {
  const { proposeHypothesis: { hypothesis } } = await api.ok<{ proposeHypothesis: { hypothesis: Record<string, unknown> } }>(PROPOSE, { input: { project: lab.slug, statement: 'Warm-up helps' } }, lab.ada);
  expect(hypothesis).toMatchObject({ statement: 'Warm-up helps', status: 'PROPOSED', grade: 'UNFALSIFIABLE', guardrails: [], minEffect: null, author: { email: lab.ada.email }, viewerCan: { edit: true, comment: true } });
  expect(hypothesis['gradeReasons']).not.toEqual([]);
});

test('SQL and script are text, kept exactly', async () => {
  const text = `<script>alert(1)</script>'); DROP TABLE hypotheses; --`;
  const id = await lab.propose({ statement: text, because: text });
  expect(await api.ok(READ, { id }, lab.ada)).toMatchObject({ hypothesis: { statement: text } });
});

test('what cannot be kept or meant is refused', async () => {
  const refused = (input: object) => api.refusal(PROPOSE, { input: { project: lab.slug, statement: 's', ...input } }, lab.ada);
  expect(await refused({ statement: '  ' })).toBe('hypothesis/statement-empty');
  expect(await refused({ statement: 'a\u0000' })).toBe('text/nul');
  expect(await refused({ statement: 'x'.repeat(2001) })).toBe('hypothesis/statement-too-long');
  expect(await refused({ minEffect: -1 })).toBe('hypothesis/min-effect');
  expect(await refused({ metric: 'loss', guardrails: ['loss'] })).toBe('hypothesis/guardrail-is-metric');
  expect(await refused({ project: 'no-such' })).toBe('project/unknown');
});

test('a reader may not propose, an outsider does not learn that there is a project', async () => {
  expect(await api.refusal(PROPOSE, { input: { project: lab.slug, statement: 's' } }, lab.vera)).toBe('access/role-too-weak');
  expect(await api.refusal(PROPOSE, { input: { project: lab.slug, statement: 's' } }, lab.eve)).toBe('project/unknown');
});

test('only what is named changes', async () => {
  const id = await lab.propose();
  const { updateHypothesis } = await api.ok<{ updateHypothesis: { hypothesis: object } }>(UPDATE, { input: { hypothesis: id, because: null, minEffect: 0.02 } }, lab.ada);
  expect(updateHypothesis.hypothesis).toMatchObject({ statement: 'CutMix raises validation accuracy', because: null, minEffect: 0.02, status: 'PROPOSED', archivedAt: null });
  expect(await api.ok(UPDATE, { input: { hypothesis: id, status: 'ABANDONED', archived: true } }, lab.ada)).toMatchObject({ updateHypothesis: { hypothesis: { status: 'ABANDONED', archivedAt: expect.any(String) as string } } });
  const listed = await api.ok('query($slug: String!) { project(slug: $slug) { used: hypotheses { nodes { id } } archived: hypotheses(archived: true) { nodes { id } } abandoned: hypotheses(archived: true, status: [ABANDONED]) { totalCount } } }', { slug: lab.slug }, lab.ada);
  expect(listed).toMatchObject({ project: { archived: { nodes: [{ id }] }, abandoned: { totalCount: 1 } } });
  expect(JSON.stringify((listed as { project: { used: unknown } }).project.used)).not.toContain(id);
});

test('a change of what was read before somebody else changed it is refused', async () => {
  const { proposeHypothesis: { hypothesis } } = await api.ok<{ proposeHypothesis: { hypothesis: { id: string; version: number } } }>('mutation($slug: String!) { proposeHypothesis(input: { project: $slug, statement: "Warm-up helps." }) { hypothesis { id version } } }', { slug: lab.slug }, lab.ada);
  const CHANGE = 'mutation($input: UpdateHypothesisInput!) { updateHypothesis(input: $input) { hypothesis { because version } } }';
  const changed = await api.ok<{ updateHypothesis: { hypothesis: { version: number } } }>(CHANGE, { input: { hypothesis: hypothesis.id, because: 'of Ada', version: hypothesis.version } }, lab.ada);
  expect(await api.refusal(CHANGE, { input: { hypothesis: hypothesis.id, because: 'of Ben', version: hypothesis.version } }, lab.ada)).toBe('hypothesis/changed-underneath');
  expect(await api.ok(CHANGE, { input: { hypothesis: hypothesis.id, because: 'of both', version: changed.updateHypothesis.hypothesis.version } }, lab.ada)).toMatchObject({ updateHypothesis: { hypothesis: { because: 'of both' } } });
});

test("another project's hypothesis does not exist", async () => {
  const id = await lab.propose();
  expect(await api.ok(READ, { id }, lab.eve)).toEqual({ hypothesis: null });
  expect(await api.refusal(UPDATE, { input: { hypothesis: id, statement: 'mine' } }, lab.eve)).toBe('hypothesis/unknown');
  expect(await api.refusal(UPDATE, { input: { hypothesis: 'hyp_nonsense', statement: 'x' } }, lab.ada)).toBe('hypothesis/unknown');
  expect(await api.refusal(UPDATE, { input: { hypothesis: id, statement: 'x' } }, lab.vera)).toBe('access/role-too-weak');
});

test('changing it asks for the verdicts of its experiments again', async () => {
  const { id, hypothesis } = await lab.experiment('asks again');
  const version = async () => (await api.adapters.prisma.experiment.findUniqueOrThrow({ where: { id } })).inputsVersion;
  const before = await version();
  await api.ok(UPDATE, { input: { hypothesis, archived: false } }, lab.ada);
  expect(await version()).toBe(before);
  await api.ok(UPDATE, { input: { hypothesis, minEffect: 0.05 } }, lab.ada);
  expect(await version()).toBe(before + 1);
});

test('two mutations of one request read afresh', async () => {
  const id = await lab.propose();
  const both = `mutation($id: ID!) { a: updateHypothesis(input: { hypothesis: $id, statement: "first" }) { hypothesis { statement } } b: updateHypothesis(input: { hypothesis: $id, statement: "second" }) { hypothesis { statement } } }`;
  expect(await api.ok(both, { id }, lab.ada)).toEqual({ a: { hypothesis: { statement: 'first' } }, b: { hypothesis: { statement: 'second' } } });
});

test('a draft is graded as it is typed, and stores nothing', async () => {
  const before = await api.adapters.prisma.hypothesis.count();
  const GRADE = 'query($input: GradeHypothesisInput!) { gradeHypothesis(input: $input) { grade reasons { part message } statement } }';
  const weak = await api.ok<{ gradeHypothesis: { grade: string; reasons: { part: string }[] } }>(GRADE, { input: {} }, lab.ada);
  expect(weak.gradeHypothesis.grade).toBe('UNFALSIFIABLE');
  expect(weak.gradeHypothesis.reasons.map((reason) => reason.part)).toContain('metric');
  const strong = await api.ok<{ gradeHypothesis: { grade: string } }>(GRADE, { input: { statement: 's', change: 'CutMix instead of MixUp', metric: 'val_acc', direction: 'INCREASE', minEffect: 0.01, because: 'patches keep local texture, which the network otherwise loses', guardrails: ['latency_ms'] } }, lab.ada);
  expect(strong.gradeHypothesis.grade).toBe('STRONG');
  expect(await api.adapters.prisma.hypothesis.count()).toBe(before);
});

test('how many runs had ended when a hypothesis was stated, or its prediction changed, is told', async () => {
  const hypothesis = await lab.propose();
  const { id, key } = await lab.experiment('stated late', { hypothesis });
  const before = async (): Promise<unknown> => (await api.ok<{ experiment: { runsBeforeHypothesis: number } }>('query($key: String!) { experiment(key: $key) { runsBeforeHypothesis } }', { key }, lab.ada)).experiment.runsBeforeHypothesis;
  await lab.runs(id, 'aug=none', [1, 2]);
  expect(await before()).toBe(0);
  await api.ok(UPDATE, { input: { hypothesis, because: 'Said better.', minEffect: 0.01 } }, lab.ada);
  expect(await before()).toBe(0);
  await api.ok(UPDATE, { input: { hypothesis, minEffect: 0.5 } }, lab.ada);
  expect(await before()).toBe(2);
});
