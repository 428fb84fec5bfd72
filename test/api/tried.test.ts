import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Api, type As } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
let first: { readonly id: string; readonly key: string; readonly hypothesis: string };

interface Row { readonly id: string; readonly variable: string | null; readonly value: string | null; readonly from: string | null; readonly foundBy: string; readonly outcome: string | null; readonly effect: number | null; readonly ciLow: number | null; readonly alsoChanged: number; readonly runs: number; readonly failedRuns: number; readonly hours: number; readonly comments: number; readonly experiment: { readonly key: string } }
interface Tried { readonly tried: { readonly reading: string; readonly variables: string[]; readonly alsoLookAt: string[]; readonly loggedOnly: boolean; readonly experimentCount: number; readonly runs: number; readonly failedRuns: number; readonly outcomes: { readonly outcome: string | null; readonly count: number }[]; readonly ranges: { readonly variable: string; readonly scale: string; readonly gaps: { readonly from: number; readonly to: number }[] }[]; readonly untested: { readonly id: string }[]; readonly threads: { readonly id: string }[]; readonly notes: { readonly id: string }[]; readonly rows: { readonly totalCount: number; readonly nodes: Row[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } } } }
const TRIED = `query($about: String!, $project: String, $first: Int, $after: String) { tried(about: $about, project: $project, first: $first, after: $after) {
  reading variables alsoLookAt loggedOnly experimentCount runs failedRuns outcomes { outcome count } ranges { variable scale gaps { from to } } untested { id } threads { id } notes { id }
  rows { totalCount pageInfo { hasNextPage endCursor } nodes { id variable value from foundBy outcome effect ciLow alsoChanged runs failedRuns hours comments experiment { key } } } } }`;
const tried = async (about: string, more: object = {}, as: As = lab.ada) => (await api.ok<Tried>(TRIED, { about, ...more }, as)).tried;

type Change = readonly [name: string, from: string | null, to: string | null];
const HOUR = 3_600_000;

/** A variant with what it changed, one run a status, each of an hour; the verdict's figures are given, as the analysis would have kept them. */
async function variant(experimentId: string, label: string, { changed = [], params = {}, baseline = false, statuses = ['FINISHED'] }: { readonly changed?: readonly Change[]; readonly params?: Readonly<Record<string, string>>; readonly baseline?: boolean; readonly statuses?: readonly ('FINISHED' | 'FAILED')[] }): Promise<string> {
  const { prisma, ports } = api.adapters;
  const id = ports.ids.next('variant');
  await prisma.variant.create({ data: { id, experimentId, fingerprint: label, label, role: baseline ? 'BASELINE' : 'TREATMENT', params: Object.entries(params).map(([key, value]) => ({ key, value })), changed: changed.map(([name, from, to]) => ({ kind: 'CONFIG', name, from, to })) } });
  for (const [at, status] of statuses.entries()) await prisma.run.create({ data: { id: ports.ids.run(), experimentId, variantId: id, name: `${label} ${at}`, status, startedAt: new Date(HOUR), endedAt: new Date(2 * HOUR), params: { create: Object.entries(params).map(([key, value]) => ({ key, value })) } } });
  return id;
}

async function judge(experimentId: string, comparisons: readonly { readonly variantId: string; readonly outcome: 'REFUTED' | 'SUPPORTED' | 'INCONCLUSIVE'; readonly effect: number; readonly ciLow: number | null; readonly ciHigh: number | null }[]): Promise<void> {
  const { prisma, ports } = api.adapters;
  const [headline] = comparisons;
  if (!headline) throw new Error('nothing compared');
  const all = comparisons.map((each) => ({ ...each, metric: 'val_acc', baselineRuns: 3, treatmentRuns: each.ciLow === null ? 1 : 3 }));
  const id = ports.ids.next('verdict');
  const { outcome, effect, ciLow, ciHigh, variantId } = headline;
  await prisma.verdict.create({ data: { id, experimentId, outcome, metric: 'val_acc', effect, ciLow, ciHigh, baselineRuns: 3, treatmentRuns: 3, method: 't', explanation: 'e', treatmentId: variantId, comparisons: all, inputsDigest: 'd', inputsVersion: 1, softwareVersion: 's' } });
  await prisma.experiment.update({ where: { id: experimentId }, data: { verdictId: id } });
}

beforeAll(async () => {
  api = await startApi();
  lab = await openLab(api);
  first = await lab.experiment('step sizes', { hypothesis: await lab.propose({ statement: 'Slower is surer' }) });
  await variant(first.id, 'base', { baseline: true });
  const slow = await variant(first.id, 'slow', { changed: [['optim.lr', '0.1', '1e-3']], statuses: ['FINISHED', 'FINISHED', 'FAILED'] });
  const fast = await variant(first.id, 'fast', { changed: [['optim.lr', '0.1', '3'], ['wd', '0', '1']] });
  await variant(first.id, 'blown up', { changed: [['optim.lr', '0.1', '100']], statuses: ['FAILED'] });
  await judge(first.id, [{ variantId: slow, outcome: 'REFUTED', effect: -0.02, ciLow: -0.03, ciHigh: -0.01 }, { variantId: fast, outcome: 'INCONCLUSIVE', effect: 0.01, ciLow: null, ciHigh: null }]);
  const second = await lab.experiment('again', { hypothesis: await lab.propose({ statement: 'The second time' }) });
  for (const [label, lr] of [['a', '0.001'], ['b', '0.01']] as const) await variant(second.id, label, { params: { lr, seedless: 'same' } });
}, 120_000);
afterAll(() => api.stop());

test('a variable is told by value, whatever came of it, each against its own baseline', async () => {
  const answer = await tried('lr', { project: lab.slug });
  expect(answer).toMatchObject({ reading: 'VARIABLE', variables: ['lr', 'optim.lr'], experimentCount: 2, runs: 7, failedRuns: 2 });
  expect(answer.rows.nodes.map(({ variable, value, from, outcome, effect, ciLow, runs, failedRuns, alsoChanged }) => [variable, value, from, outcome, effect, ciLow, runs, failedRuns, alsoChanged])).toEqual([
    ['lr', '0.001', null, null, null, null, 1, 0, 0],
    ['lr', '0.01', null, null, null, null, 1, 0, 0],
    ['optim.lr', '0.001', '0.1', 'REFUTED', -0.02, -0.03, 3, 1, 0],
    ['optim.lr', '3', '0.1', 'INCONCLUSIVE', 0.01, null, 1, 0, 1],
    ['optim.lr', '100', '0.1', null, null, null, 1, 1, 0],
  ]);
  expect(answer.rows.nodes.map(({ hours }) => hours)).toEqual([1, 1, 3, 1, 1]);
  expect(answer.ranges).toEqual([
    { variable: 'lr', scale: 'LOG', gaps: [{ from: 0.001, to: 0.01 }] },
    { variable: 'optim.lr', scale: 'LOG', gaps: [{ from: 0.001, to: 0.1 }, { from: 0.1, to: 3 }, { from: 3, to: 100 }] },
  ]);
  expect(answer.outcomes.find(({ outcome }) => outcome === null)?.count).toBe(3);
});

test('a page of rows goes on where the one before ended', async () => {
  const page = (await tried('lr', { first: 3 })).rows;
  const rest = (await tried('lr', { first: 3, after: page.pageInfo.endCursor })).rows;
  expect([page.totalCount, page.nodes.length, page.pageInfo.hasNextPage, rest.nodes.length, rest.pageInfo.hasNextPage]).toEqual([5, 3, true, 2, false]);
  expect(new Set([...page.nodes, ...rest.nodes].map(({ id }) => id)).size).toBe(5);
});

test('other names are offered and not mixed in, and a param that nobody varied is said to be one', async () => {
  expect(await tried('learning_rate')).toMatchObject({ reading: 'TOPIC', alsoLookAt: ['lr'], rows: { totalCount: 0 } });
  expect(await tried('seedless')).toMatchObject({ loggedOnly: true, rows: { totalCount: 0 } });
});

test('a topic finds experiments by variables, values, hypotheses, threads and notes, and says by which', async () => {
  const byHypothesis = await lab.experiment('one', { hypothesis: await lab.propose({ statement: 'Mosaicking helps small objects' }) });
  const byThread = await lab.experiment('two', { hypothesis: await lab.propose({ statement: 'Something else' }) });
  const { startThread } = await api.ok<{ startThread: { thread: { id: string } } }>('mutation($id: ID!) { startThread(input: { subject: $id, body: "Did we not do this with mosaicking?" }) { thread { id } } }', { id: byThread.id }, lab.ada);
  const byValue = await lab.experiment('three', { hypothesis: await lab.propose({ statement: 'A third' }) });
  await variant(byValue.id, 'base', { baseline: true });
  await variant(byValue.id, 'm', { changed: [['aug', 'none', 'mosaicking']] });
  const untested = await lab.propose({ statement: 'Mosaicking twice is better' });
  const answer = await tried('mosaicking');
  expect(answer.reading).toBe('TOPIC');
  expect(answer.rows.nodes.map(({ foundBy, experiment }) => `${foundBy} ${experiment.key}`).toSorted()).toEqual([`HYPOTHESIS ${byHypothesis.key}`, `THREAD ${byThread.key}`, `VALUE ${byValue.key}`]);
  expect(answer.rows.nodes.find(({ foundBy }) => foundBy === 'THREAD')?.comments).toBe(1);
  expect(answer.threads).toEqual([{ id: startThread.thread.id }]);
  expect(answer.untested).toEqual([{ id: untested }]);
  expect((await tried('augmentation')).rows.nodes.map(({ variable, value, foundBy }) => [variable, value, foundBy])).toEqual([['aug', 'mosaicking', 'VARIABLE']]);
});

test('what one may not see is neither shown nor counted, and its names are not offered', async () => {
  expect(await tried('lr', {}, lab.eve)).toMatchObject({ reading: 'TOPIC', variables: [], alsoLookAt: [], experimentCount: 0, runs: 0, outcomes: [], ranges: [], rows: { totalCount: 0 } });
  expect(await tried('seedless', {}, lab.eve)).toMatchObject({ loggedOnly: false });
  expect(await tried('mosaicking', {}, lab.eve)).toMatchObject({ experimentCount: 0, untested: [], threads: [], notes: [] });
  expect(await api.refusal(TRIED, { about: 'lr', project: lab.slug }, lab.eve)).toBe('project/unknown');
  expect((await tried('lr', {}, lab.vera)).rows.totalCount).toBe(5);
  const other = await openLab(api);
  const hidden = await other.experiment('elsewhere');
  await variant(hidden.id, 'base', { baseline: true });
  await variant(hidden.id, 'x', { changed: [['lr', '0.1', '7']] });
  expect((await tried('lr')).rows.nodes.map(({ value }) => value)).not.toContain('7');
  expect((await tried('lr', {}, other.ada)).rows.nodes.map(({ value }) => value)).toEqual(['7']);
});

test('the table and the report hold the same rows, under the same rights', async () => {
  const csv = await api.fetch(`/api/v1/projects/${lab.slug}/tried.csv?about=lr`, { as: lab.ada });
  const lines = (await csv.text()).trim().split('\r\n');
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(lines).toHaveLength(6);
  expect(lines[0]).toContain('variable,value,from,to,also_changed,experiment');
  expect(lines[3]).toContain(`optim.lr,0.001,0.1,1e-3,0,${first.key},step sizes,${lab.slug},val_acc,-0.02,-0.03,-0.01,REFUTED,3,3,3,1,3.0000,`);
  const report = await (await api.fetch('/api/v1/tried.md?about=lr', { as: lab.ada })).text();
  expect(report).toContain('Nothing between 0.001 and 0.1');
  expect(report).toContain('n = 1');
  expect((await api.fetch(`/api/v1/projects/${lab.slug}/tried.csv?about=lr`, { as: lab.eve })).status).toBe(404);
  expect((await (await api.fetch('/api/v1/tried.csv?about=lr', { as: lab.eve })).text()).trim().split('\r\n')).toHaveLength(1);
});

test('nothing, blanks and too much are refused with what to write', async () => {
  expect(await api.refusal(TRIED, { about: '  ' }, lab.ada)).toBe('tried/about');
  expect(await api.refusal(TRIED, { about: 'x'.repeat(201) }, lab.ada)).toBe('tried/about');
  expect(await api.refusal(TRIED, { about: 'lr', first: 201 }, lab.ada)).toBe('page/size');
  expect(await tried(String.raw`%_\ ' "`)).toMatchObject({ rows: { totalCount: 0 } });
});
