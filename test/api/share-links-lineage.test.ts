import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SharedLineagePage } from '../../contracts/share-page.ts';
import { analyseExperiment } from '../../operations/analysis/analyse-experiment.ts';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
type Made = Awaited<ReturnType<Lab['experiment']>>;
let first: Made;
let second: Made;
let delicate: Made;
let elsewhere: Made;

async function improved(experiment: Made, { none, mixed }: { readonly none: readonly number[]; readonly mixed: readonly number[] }): Promise<readonly string[]> {
  await lab.runs(experiment.id, 'aug=none', none);
  const made = await lab.runs(experiment.id, 'aug=secretmix', mixed);
  await analyseExperiment(api.adapters.ports, experiment.id, 'test');
  const baseline = await api.adapters.prisma.variant.findFirstOrThrow({ where: { experimentId: experiment.id, runs: { some: { params: { some: { value: 'aug=none' } } } } } });
  await api.ok('mutation($key: String!, $variant: ID!) { chooseBaseline(input: { experiment: $key, variant: $variant }) { experiment { id } } }', { key: experiment.key, variant: baseline.id }, lab.ada);
  await analyseExperiment(api.adapters.ports, experiment.id, 'test');
  return made;
}

async function readsDataset(run: string, name: string, card: Record<string, unknown> | null): Promise<void> {
  const { prisma, ports } = api.adapters;
  const dataset = await prisma.dataset.create({ data: { id: ports.ids.next('dataset'), projectId: lab.projectId, name, digest: 'd1', sourceType: 'local', source: '{}' } });
  await prisma.runInput.create({ data: { runId: run, datasetId: dataset.id } });
  if (card) await api.ok('mutation($input: DescribeDataInput!) { describeData(input: $input) { project { id } } }', { input: { project: lab.slug, kind: 'DATASET', name, ...card } }, lab.ada);
}

beforeAll(async () => {
  api = await startApi();
  lab = await openLab(api);
  const other = await openLab(api);
  const { prisma } = api.adapters;
  elsewhere = await other.experiment('Elsewhere entirely');
  first = await lab.experiment('Mixing');
  await improved(first, { none: [0.8, 0.81, 0.82], mixed: [0.88, 0.89, 0.9] });
  second = await lab.experiment(`Mixing more, as ${lab.grace.name} said`, { parents: [first.key] });
  const runs = await improved(second, { none: [0.88, 0.89, 0.9], mixed: [0.95, 0.96, 0.97] });
  await prisma.experimentParent.create({ data: { experimentId: second.id, parentId: elsewhere.id } });
  await prisma.loggedModel.create({ data: { id: 'm-shared', experimentId: second.id, sourceRunId: runs[0] ?? '', name: 'secretnet', status: 'LOGGED_MODEL_READY' } });
  await prisma.run.updateMany({ where: { id: { in: [...runs] } }, data: { codeCommit: 'abcdef0123456789', codeRepository: 'https://example.org/secretrepo' } });
  await readsDataset(runs[0] ?? '', 'digits', null);
  delicate = await lab.experiment('Delicate faces');
  const [held = ''] = await lab.runs(delicate.id, 'aug=faces', [0.5]);
  await readsDataset(held, 'faces', { risk: 'HIGH', personalData: true });
});
afterAll(() => api.stop());

const CREATE = 'mutation($input: CreateShareLinkInput!) { createShareLink(input: $input) { url shareLink { id lineage subject { __typename } } } }';
interface Link { readonly token: string; readonly id: string }
async function share(input: Record<string, unknown>): Promise<Link> {
  const { createShareLink: { url, shareLink } } = await api.ok<{ createShareLink: { url: string; shareLink: { id: string; lineage: boolean } } }>(CREATE, { input: { lineage: true, ...input } }, lab.ada);
  expect(shareLink.lineage).toBe(true);
  return { token: url.slice(-43), id: shareLink.id };
}
const get = (token: string, rest = '') => api.fetch(`/api/v1/share/${token}${rest}`);
const read = async (token: string): Promise<SharedLineagePage> => (await (await get(token)).json()) as SharedLineagePage;
const refused = (input: Record<string, unknown>, as = lab.ada) => api.refusal(CREATE, { input: { lineage: true, ...input } }, as);
const labels = ({ lineage }: SharedLineagePage, kind: string): string[] => lineage.nodes.filter((node) => node.kind === kind).map(({ label }) => label).toSorted();

describe('a shared lineage', () => {
  test('says what led to the best, step by step, and holds the graph behind it', async () => {
    const page = await read((await share({ subject: lab.projectId })).token);
    expect(page).toMatchObject({ state: 'open', subject: 'lineage', title: lab.slug, lineage: { of: 'project', best: { metric: 'val_acc', steps: [{ key: first.key, name: 'Mixing' }, { key: second.key }], approval: { state: 'NONE' } }, cut: false, counted: { supported: 2, refuted: 0, equivalent: 0 } } });
    // How good the best is: its treatment's runs 0.95, 0.96 and 0.97, t(2) = 4.303.
    expect(page.lineage.best?.value).toMatchObject({ mean: expect.closeTo(0.96, 9) as number, ciLow: expect.closeTo(0.96 - 4.303 * 0.01 / Math.sqrt(3), 4) as number, n: 3 });
    expect(page.lineage.found).toBeNull();
    for (const { words } of page.lineage.best?.steps ?? []) expect(words).toMatch(/^Supported: val_acc better by 0\.\d+, very likely between \+/);
    expect([labels(page, 'DATASET'), labels(page, 'MODEL'), labels(page, 'CODE')]).toEqual([['digits'], ['secretnet'], ['abcdef0123']]);
    const { nodes, edges } = page.lineage;
    expect(edges.from.map((from, place) => `${nodes[from]?.label} ${nodes[edges.to[place] ?? -1]?.kind}`)).toEqual(expect.arrayContaining(['Mixing EXPERIMENT', 'digits RUN']));
  });

  test('of an experiment holds where it came from, within its project', async () => {
    const page = await read((await share({ subject: second.id })).token);
    expect(page.lineage.found).toMatch(/^Supported: val_acc better by/);
    expect(labels(page, 'EXPERIMENT')).toEqual(['Mixing', `Mixing more, as ${lab.grace.name} said`]);
    const all = JSON.stringify(page);
    expect(all).not.toContain('Elsewhere');
    expect(all).not.toMatch(/exp_|hyp_|prj_|dat_|var_/);
    expect(all).not.toContain('secretrepo');
  });

  test('shows nothing of what may not leave, nor of what hangs on it', async () => {
    const page = await read((await share({ subject: lab.projectId })).token);
    expect(page.lineage.heldBack).toBe(true);
    expect(JSON.stringify(page)).not.toMatch(/Delicate|faces/);
    expect(await refused({ subject: delicate.id })).toBe('share/ethics-review-needed');
  });

  test('leaves out names, settings and code where it is told to', async () => {
    const { token } = await share({ subject: lab.projectId, redact: ['PEOPLE', 'ORGANIZATION', 'PARAMS', 'CODE', 'COSTS'] });
    const page = await read(token);
    const all = JSON.stringify([page, await (await get(token, '/preview')).json()]);
    for (const word of [lab.grace.name, lab.slug, first.key, 'secretmix', 'secretnet', 'abcdef', 'digits']) expect(all, word).not.toContain(word);
    expect(all).toContain('as somebody said');
    // Told apart by numbers, in the order they stand in.
    expect(labels(page, 'RUN')).toEqual(['Baseline 1', 'Baseline 2', 'Treatment 1', 'Treatment 2']);
    expect(labels(page, 'MODEL')).toEqual(['Model']);
    expect(page.lineage.best?.steps).toHaveLength(2);
  });

  test('stays as it was when it is frozen, and ends at once when it is revoked', async () => {
    const [live, frozen] = [await share({ subject: first.id }), await share({ subject: first.id, freeze: true })];
    await api.adapters.prisma.experiment.update({ where: { id: first.id }, data: { name: 'Renamed' } });
    try {
      expect([labels(await read(live.token), 'EXPERIMENT')[1], labels(await read(frozen.token), 'EXPERIMENT')[0]]).toEqual(['Renamed', 'Mixing']);
      // The page says when something on it changed last.
      const { updatedAt } = await api.adapters.prisma.experiment.findUniqueOrThrow({ where: { id: first.id } });
      expect((await read(live.token)).lineage.newestAt).toBe(updatedAt.toISOString());
    } finally {
      await api.adapters.prisma.experiment.update({ where: { id: first.id }, data: { name: 'Mixing' } });
    }
    await api.ok('mutation($id: ID!) { revokeShareLink(input: { shareLink: $id }) { shareLink { id } } }', { id: live.id }, lab.ada);
    expect((await get(live.token)).status).toBe(404);
  });

  test('says which evidence it was frozen at, as the list of links does', async () => {
    const DIGEST = 'query($slug: String!) { project(slug: $slug) { shareLinks { id ending frozenDigest } } experiment(key: "KEY") { shareLinks { id ending frozenDigest } } }'.replace('KEY', first.key);
    const [all, one] = [await share({ subject: lab.projectId, freeze: true }), await share({ subject: first.id, freeze: true })];
    type Links = { readonly id: string; readonly ending: string; readonly frozenDigest: string | null }[];
    const { project, experiment } = await api.ok<{ project: { shareLinks: Links }; experiment: { shareLinks: Links } }>(DIGEST, { slug: lab.slug }, lab.ada);
    const [ofAll, ofOne] = [project.shareLinks.find(({ id }) => id === all.id), experiment.shareLinks.find(({ id }) => id === one.id)];
    expect([ofAll?.ending, ofOne?.ending]).toEqual([all.token.slice(-4), one.token.slice(-4)]);
    expect((await read(all.token)).frozenDigest).toBe(ofAll?.frozenDigest);
    expect(ofAll?.frozenDigest).toMatch(/^[0-9a-f]{64}$/);
    expect((await read(one.token)).frozenDigest).toBe(ofOne?.frozenDigest);
    expect((await read((await share({ subject: first.id })).token)).frozenDigest).toBeNull();
  });

  test('takes comments of guests to the project’s lineage, where members read and answer them', async () => {
    const { token } = await share({ subject: lab.projectId, guestsMayComment: true });
    const said = await api.fetch(`/api/v1/share/${token}/comments`, { method: 'POST', as: null, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'Dana', comment: 'Which one?' }) });
    expect(said.status).toBe(201);
    const happening = await api.adapters.prisma.happening.findFirstOrThrow({ where: { projectId: lab.projectId, kind: 'REPLIED' }, orderBy: { id: 'desc' } });
    expect(happening.detail).toMatchObject({ byGuest: true, place: expect.stringMatching(/^\/lineage#comment-/) as unknown });
  });

  test('is listed on its project, for those who may share', async () => {
    const { id } = await share({ subject: lab.projectId });
    const LINKS = 'query($slug: String!) { project(slug: $slug) { shareLinks { id lineage } } }';
    expect(await api.ok(LINKS, { slug: lab.slug }, lab.ada)).toMatchObject({ project: { shareLinks: expect.arrayContaining([{ id, lineage: true }]) as unknown } });
    expect(await api.ok(LINKS, { slug: lab.slug }, lab.vera)).toEqual({ project: { shareLinks: [] } });
  });

  test('is refused of what has none, with a comparison, and to who may not share', async () => {
    const run = await api.adapters.prisma.run.findFirstOrThrow({ where: { experimentId: first.id } });
    expect(await refused({ subject: run.id })).toBe('share/lineage');
    expect(await refused({ subject: first.hypothesis })).toBe('share/lineage');
    expect(await refused({ subject: first.id, compare: [run.id, run.id] })).toBe('share/lineage');
    expect(await refused({ subject: lab.projectId, lineage: false })).toBe('share/subject-kind');
    expect(await refused({ subject: lab.projectId }, lab.eve)).toBe('share/unknown-subject');
    expect(await refused({ subject: lab.projectId }, lab.vera)).toBe('access/role-too-weak');
  });
});
