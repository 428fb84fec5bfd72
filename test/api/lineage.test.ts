import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyseExperiment } from '../../operations/analysis/analyse-experiment.ts';
import { startApi, type Api, type As } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
type Made = Awaited<ReturnType<Lab['experiment']>>;
let [first, second, loose]: [Made, Made, Made] = [] as never;
let runs: readonly string[];
let dataset: string;
let beforeSecond: string;

interface Node { readonly id: string; readonly kind: string; readonly label: string; readonly count: number; readonly key: string | null; readonly run: string | null; readonly hiddenParents: number; readonly finding: { readonly outcome: string; readonly words: string } | null }
interface Step { readonly key: string; readonly words: string }
interface Lineage { readonly nodes: readonly Node[]; readonly edges: readonly { readonly from: string; readonly to: string; readonly kind: string }[]; readonly cut: boolean; readonly focus: string | null; readonly bestPath: { readonly metric: string; readonly models: readonly string[]; readonly steps: readonly Step[] } | null }
const LINEAGE = 'query($of: ID, $project: String, $kinds: [LineageKind!], $until: DateTime, $depth: Int, $collapse: Boolean, $metric: String) { lineage(of: $of, project: $project, kinds: $kinds, until: $until, depth: $depth, collapse: $collapse, metric: $metric) { nodes { id kind label count key run hiddenParents finding { outcome words } } edges { from to kind } cut focus bestPath { metric models steps { key words } } } }';
const lineage = async (variables: Record<string, unknown>, as: As = lab.ada): Promise<Lineage> => (await api.ok<{ lineage: Lineage }>(LINEAGE, variables, as)).lineage;
const labels = ({ nodes }: Lineage, kind: string): string[] => nodes.filter((node) => node.kind === kind).map(({ label }) => label).toSorted();

/** A treatment that is better than its baseline beyond the noise. */
async function improved(experiment: Made, { none, mixed }: { readonly none: readonly number[]; readonly mixed: readonly number[] }): Promise<readonly string[]> {
  await lab.runs(experiment.id, 'aug=none', none);
  const made = await lab.runs(experiment.id, 'aug=cutmix', mixed);
  await analyseExperiment(api.adapters.ports, experiment.id, 'test');
  const baseline = await api.adapters.prisma.variant.findFirstOrThrow({ where: { experimentId: experiment.id, runs: { some: { params: { some: { value: 'aug=none' } } } } } });
  await api.ok('mutation($key: String!, $variant: ID!) { chooseBaseline(input: { experiment: $key, variant: $variant }) { experiment { id } } }', { key: experiment.key, variant: baseline.id }, lab.ada);
  await analyseExperiment(api.adapters.ports, experiment.id, 'test');
  return made;
}

beforeAll(async () => {
  api = await startApi();
  lab = await openLab(api);
  const { prisma, ports } = api.adapters;
  first = await lab.experiment('Mixing');
  await improved(first, { none: [0.8, 0.81, 0.82], mixed: [0.88, 0.89, 0.9] });
  beforeSecond = new Date().toISOString();
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  second = await lab.experiment('Mixing more', { parents: [first.key] });
  runs = await improved(second, { none: [0.88, 0.89, 0.9], mixed: [0.95, 0.96, 0.97] });
  loose = await lab.experiment('Something else');
  dataset = ports.ids.next('dataset');
  await prisma.dataset.create({ data: { id: dataset, projectId: lab.projectId, name: 'digits', digest: 'd1', sourceType: 'local', source: '{}' } });
  await prisma.runInput.create({ data: { runId: runs[0] ?? '', datasetId: dataset } });
  await prisma.loggedModel.create({ data: { id: 'm-best', experimentId: second.id, sourceRunId: runs[0] ?? '', name: 'net', status: 'LOGGED_MODEL_READY' } });
  await prisma.run.updateMany({ where: { id: { in: [...runs] } }, data: { codeCommit: 'abcdef0123456789', codeRepository: 'https://example.org/repo' } });
});
afterAll(() => api.stop());

describe('a project’s lineage', () => {
  test('joins what was asked, tried, read and made', async () => {
    const whole = await lineage({ project: lab.slug });
    expect(labels(whole, 'EXPERIMENT')).toEqual(['Mixing', 'Mixing more', 'Something else']);
    expect(labels(whole, 'RUN')).toEqual(['aug=aug=cutmix', 'aug=aug=cutmix', 'aug=aug=none', 'aug=aug=none']);
    expect([labels(whole, 'DATASET'), labels(whole, 'CODE'), labels(whole, 'MODEL')]).toEqual([['digits'], ['abcdef0123'], ['net']]);
    const variant = whole.edges.find(({ kind, from }) => kind === 'READ_BY' && from === dataset)?.to ?? '';
    expect(whole.edges).toEqual(expect.arrayContaining([{ from: first.hypothesis, to: first.id, kind: 'TESTED_BY' }, { from: first.id, to: second.id, kind: 'LED_TO' }, { from: second.id, to: variant, kind: 'RAN' }, { from: variant, to: 'm-best', kind: 'MADE' }]));
    expect(whole.nodes.find(({ id }) => id === variant)).toMatchObject({ count: 3, run: null, key: second.key });
    expect(whole).toMatchObject({ cut: false, focus: null });
  });

  test('says the same in columns, for who reads all of it', async () => {
    const COLUMNS = 'query($project: String) { lineage(project: $project) { nodes { id label } edges { from to } columns { ids labels from to findings { outcome } } } }';
    const { lineage: { nodes, edges, columns } } = await api.ok<{ lineage: Pick<Lineage, 'nodes' | 'edges'> & { columns: { ids: string[]; labels: string[]; from: number[]; to: number[]; findings: ({ outcome: string } | null)[] } } }>(COLUMNS, { project: lab.slug }, lab.ada);
    expect([columns.ids, columns.labels]).toEqual([nodes.map(({ id }) => id), nodes.map(({ label }) => label)]);
    expect(columns.from.map((from, place) => [columns.ids[from], columns.ids[columns.to[place] ?? -1]])).toEqual(edges.map(({ from, to }) => [from, to]));
    expect(columns.findings.flatMap((finding) => finding ?? [])).toHaveLength(2);
  });

  test('says how the best was reached, each step by its own verdict', async () => {
    const { bestPath } = await lineage({ project: lab.slug });
    expect(bestPath).toMatchObject({ metric: 'val_acc', models: ['m-best'], steps: [{ key: first.key }, { key: second.key }] });
    for (const { words } of bestPath?.steps ?? []) expect(words).toMatch(/^Supported: val_acc better by 0\.0\d+, very likely between \+0\.\d+ and \+0\.\d+ \(3 against 3 repeats\)\.$/);
    expect((await lineage({ project: lab.slug, metric: 'nobody measured it' })).bestPath).toBeNull();
  });

  test('shows each run where it is asked to, and only the kinds that are asked for', async () => {
    const each = await lineage({ project: lab.slug, collapse: false });
    expect(each.nodes.filter(({ kind }) => kind === 'RUN')).toHaveLength(12);
    expect(each.edges).toContainEqual({ from: dataset, to: runs[0], kind: 'READ_BY' });
    const made = await lineage({ project: lab.slug, kinds: ['DATASET', 'MODEL'] });
    expect([made.nodes.map(({ id }) => id).toSorted(), made.edges]).toEqual([[dataset, 'm-best'].toSorted(), [{ from: dataset, to: 'm-best', kind: 'THROUGH' }]]);
  });

  test('was another before: without what came later, and with the best of then', async () => {
    const then = await lineage({ project: lab.slug, until: beforeSecond });
    expect(labels(then, 'EXPERIMENT')).toEqual(['Mixing']);
    expect(then.bestPath?.steps.map(({ key }) => key)).toEqual([first.key]);
    expect((await lineage({ project: lab.slug, until: '2020-01-01T00:00:00Z' })).nodes).toEqual([]);
  });
});

describe('the lineage of one thing', () => {
  test('holds where it came from and what came of it, by id or key', async () => {
    for (const of of [first.id, first.key, first.key.toLowerCase()]) {
      const own = await lineage({ of });
      expect(own.focus).toBe(first.id);
      expect(labels(own, 'EXPERIMENT')).toEqual(['Mixing', 'Mixing more']);
    }
    expect(labels(await lineage({ of: first.id, depth: 1 }), 'MODEL')).toEqual([]);
  });

  test.each([['a model', () => 'm-best'], ['a data set', () => dataset], ['a run', () => runs[0] ?? ''], ['a hypothesis', () => second.hypothesis]])('is also of %s', async (_, idOf) => {
    const own = await lineage({ of: idOf() });
    expect(own.nodes.map(({ id }) => id)).toContain(own.focus);
    expect(labels(own, 'EXPERIMENT')).not.toContain('Something else');
    expect(labels(own, 'MODEL')).toEqual(['net']);
  });

  test('is of a hypothesis that nobody tested just that', async () => {
    const hypothesis = await lab.propose({ statement: 'Nobody tried' });
    expect((await lineage({ of: hypothesis })).nodes).toMatchObject([{ id: hypothesis, label: 'Nobody tried' }]);
  });
});

describe('what one may not see', () => {
  test('is not there, and of a parent only that there is one', async () => {
    const other = await openLab(api);
    const child = await other.experiment('A child elsewhere');
    await api.adapters.prisma.experimentParent.create({ data: { experimentId: child.id, parentId: first.id } });
    const seen = await lineage({ of: child.id }, other.ada);
    expect(seen.nodes.find(({ id }) => id === child.id)).toMatchObject({ hiddenParents: 1 });
    expect(JSON.stringify(seen)).not.toContain(first.id);
    expect(JSON.stringify(await lineage({ project: other.slug }, other.ada))).not.toContain('Mixing');
    expect(JSON.stringify(await lineage({ of: first.id }))).not.toContain(child.id);
    for (const of of [first.id, first.key, 'm-best', dataset, runs[0], first.hypothesis]) expect(await api.refusal(LINEAGE, { of }, other.ada), of).toBe('lineage/unknown');
    expect(await api.refusal(LINEAGE, { project: lab.slug }, lab.eve)).toBe('project/unknown');
    expect(labels(await lineage({ of: loose.id }, lab.vera), 'EXPERIMENT')).toEqual(['Something else']);
  });

  test.each([[{}, 'lineage/of'], [{ of: 'x', project: 'y' }, 'lineage/of'], [{ of: 'nothing there' }, 'lineage/unknown'], [{ of: '' }, 'lineage/unknown'], [{ of: 'x', depth: 0 }, 'lineage/depth'], [{ of: 'x', depth: 1e6 }, 'lineage/depth'], [{ project: 'x', kinds: ['SECRET'] }, 'query/variables']])('%o is refused with %s', async (variables, reason) => {
    expect(await api.refusal(LINEAGE, variables, lab.ada)).toBe(reason);
  });
});

test('parents in a circle do not hang it', async () => {
  const [one, other] = [await lab.experiment('One'), await lab.experiment('Other')];
  await api.adapters.prisma.experimentParent.createMany({ data: [{ experimentId: one.id, parentId: other.id }, { experimentId: other.id, parentId: one.id }] });
  expect(labels(await lineage({ of: one.id }), 'EXPERIMENT')).toEqual(['One', 'Other']);
});
