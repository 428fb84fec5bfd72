import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { XmlElement } from 'yjs';
import type { SharedComparisonPage, SharedNode, SharedNotePage, SharedResultPage, SharedRunPage } from '../../contracts/share-page.ts';
import { analyseExperiment } from '../../operations/analysis/analyse-experiment.ts';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';
import { openNote } from '../support/note-client.ts';

let api: Api;
let lab: Lab;
let shared: { readonly id: string; readonly key: string; readonly hypothesis: string };
let plain: readonly string[];
let mixed: readonly string[];
beforeAll(async () => {
  api = await startApi();
  lab = await openLab(api);
  shared = await lab.experiment('kinds');
  plain = await lab.runs(shared.id, 'aug=none', [0.9, 0.91, 0.92]);
  mixed = await lab.runs(shared.id, 'aug=cutmix', [0.95, 0.96, 0.97]);
  await lab.runs(shared.id, 'aug=secretmix', [0.5, 0.51]);
  await analyseExperiment(api.adapters.ports, shared.id, 'test');
  const baseline = await api.adapters.prisma.variant.findFirstOrThrow({ where: { experimentId: shared.id, runs: { some: { params: { some: { value: 'aug=none' } } } } } });
  await api.ok('mutation($key: String!, $variant: ID!) { chooseBaseline(input: { experiment: $key, variant: $variant }) { experiment { id } } }', { key: shared.key, variant: baseline.id }, lab.ada);
  await analyseExperiment(api.adapters.ports, shared.id, 'test');
});
afterAll(() => api.stop());

const CREATE = 'mutation($input: CreateShareLinkInput!) { createShareLink(input: $input) { url shareLink { id comparedRuns subject { __typename } } } }';
const REVOKE = 'mutation($id: ID!) { revokeShareLink(input: { shareLink: $id }) { shareLink { id } } }';
interface Made { readonly token: string; readonly id: string }
async function share(input: Record<string, unknown>): Promise<Made> {
  const { createShareLink: { url, shareLink } } = await api.ok<{ createShareLink: { url: string; shareLink: { id: string } } }>(CREATE, { input }, lab.ada);
  return { token: url.slice(-43), id: shareLink.id };
}
const get = (token: string, rest = '') => api.fetch(`/api/v1/share/${token}${rest}`);
const read = async <Page>(token: string): Promise<Page> => (await (await get(token)).json()) as Page;
const refused = (input: Record<string, unknown>, as = lab.ada) => api.refusal(CREATE, { input }, as);
const noteAbout = async (subject: string, markdown: string, title = 'Report of the week'): Promise<string> =>
  (await api.ok<{ createNote: { note: { id: string } } }>('mutation($input: CreateNoteInput!) { createNote(input: $input) { note { id } } }', { input: { subject, title, markdown } }, lab.ada)).createNote.note.id;
/** Puts an evidence block into a note, as its editor does. */
async function putEvidence(note: string, subject: string, frozen: object | null): Promise<void> {
  const client = await openNote(api.url, note, lab.ada);
  const block = new XmlElement<Record<string, string | object | null>>('evidence');
  for (const [name, value] of Object.entries({ kind: 'verdict', subject, options: {}, frozen })) block.setAttribute(name, value);
  const pushed = client.change(() => { client.doc.getXmlFragment('default').push([block as never]); });
  await expect.poll(() => client.saved.has(pushed)).toBe(true);
  client.close();
}
async function variantOf(value: string): Promise<{ readonly id: string; readonly label: string; readonly run: string }> {
  const { id, label, runs: [run] } = await api.adapters.prisma.variant.findFirstOrThrow({ where: { experimentId: shared.id, runs: { some: { params: { some: { value } } } } }, include: { runs: { orderBy: { name: 'asc' }, take: 1 } } });
  return { id, label, run: run?.id ?? '' };
}
const runOf = (runs: readonly string[], at = 0): string => runs[at] ?? '';

test('a blind page has no names in what people wrote either', async () => {
  const { prisma } = api.adapters;
  const before = await prisma.experiment.findUniqueOrThrow({ where: { id: shared.id }, include: { hypothesis: true } });
  const grace = await prisma.person.findFirstOrThrow({ where: { email: lab.grace.email } });
  const named = `as ${grace.name} said of ${shared.key}`;
  await prisma.experiment.update({ where: { id: shared.id }, data: { name: `Cutmix, ${named}`, description: named } });
  await prisma.hypothesis.update({ where: { id: before.hypothesisId ?? '' }, data: { statement: `It helps, ${named}`, change: `cutmix, ${named}`, because: named } });
  try {
    const { token } = await share({ subject: shared.id, redact: ['PEOPLE', 'ORGANIZATION'] });
    const told = JSON.stringify([await read(token), await (await get(token, '/preview')).json()]);
    expect(told).toContain('as somebody said of an experiment');
    expect(told).not.toContain(grace.name);
    expect(told).not.toContain(shared.key);
    expect(JSON.stringify(await read((await share({ subject: shared.id })).token)), 'and has them where nothing is left out').toContain(named);
  } finally {
    await prisma.experiment.update({ where: { id: shared.id }, data: { name: before.name, description: before.description } });
    await prisma.hypothesis.update({ where: { id: before.hypothesisId ?? '' }, data: { statement: before.hypothesis?.statement ?? '', change: before.hypothesis?.change ?? null, because: before.hypothesis?.because ?? null } });
  }
});

describe('a run', () => {
  test('shows what it was and what it measured, of one run', async () => {
    const { token } = await share({ subject: runOf(mixed) });
    const page = await read<SharedRunPage>(token);
    expect(page).toMatchObject({ state: 'open', subject: 'run', title: 'aug=cutmix-0', hypothesis: { metric: 'val_acc' }, run: { experiment: { key: shared.key, name: 'kinds' }, status: 'FINISHED', variant: 'aug=aug=cutmix', seed: '0', excluded: null, params: [{ key: 'aug', value: 'aug=cutmix' }], metrics: [{ key: 'val_acc', last: 0.95, points: 2 }], curves: [{ key: 'val_acc', steps: [0, 1], values: [0.475, 0.95] }] } });
    expect(JSON.stringify(page)).not.toContain('secretmix');
  });

  test('without params, people and organization says none of them, its own name included', async () => {
    const { token } = await share({ subject: runOf(mixed), redact: ['PARAMS', 'PEOPLE', 'ORGANIZATION'] });
    const text = await (await get(token)).text();
    for (const secret of ['cutmix', 'aug', lab.ada.name, shared.key, lab.slug]) expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({ title: 'A run', run: { name: 'A run', variant: expect.stringMatching(/^Treatment [AB]$/), seed: null, params: [], experiment: { key: null } } });
  });

  test('is gone when it or its experiment is deleted, and from the moment its link is taken back', async () => {
    const [frozen, live] = [await share({ subject: runOf(mixed, 1), freeze: true }), await share({ subject: runOf(mixed, 1) })];
    const before = await read<SharedRunPage>(frozen.token);
    await api.adapters.prisma.run.update({ where: { id: runOf(mixed, 1) }, data: { name: 'renamed since' } });
    expect(await read(frozen.token)).toEqual(before);
    expect((await read<SharedRunPage>(live.token)).title).toBe('renamed since');
    await api.adapters.prisma.run.update({ where: { id: runOf(mixed, 1) }, data: { deletedAt: new Date() } });
    expect([(await get(frozen.token)).status, (await get(live.token)).status]).toEqual([404, 404]);
    await api.adapters.prisma.run.update({ where: { id: runOf(mixed, 1) }, data: { deletedAt: null } });
    await api.ok(REVOKE, { id: live.id }, lab.ada);
    expect([(await get(live.token)).status, (await get(live.token, '/events')).status]).toEqual([404, 404]);
  });
});

describe('a comparison', () => {
  test('shows what differs between its runs, with intervals of their variants and of no other', async () => {
    const { token } = await share({ subject: shared.id, compare: [runOf(plain), runOf(mixed)] });
    const { comparison } = await read<SharedComparisonPage>(token);
    expect(comparison.runs.map(({ name, role }) => [name, role])).toEqual([['aug=none-0', 'BASELINE'], ['aug=cutmix-0', 'TREATMENT']]);
    expect(comparison.rows).toEqual([{ kind: 'config', name: 'aug', values: ['aug=none', 'aug=cutmix'], differs: true }]);
    expect(comparison.metrics).toEqual([{ name: 'val_acc', values: [0.9, 0.95], differs: true }]);
    expect(comparison.experiment.variants.map(({ label, estimate }) => [label, estimate?.n, estimate?.ciLow !== null])).toEqual([['aug=aug=none', 3, true], ['aug=aug=cutmix', 3, true]]);
    expect(comparison.experiment.curves.map(({ variant }) => variant)).toEqual([0, 1]);
    expect(JSON.stringify(comparison.experiment.variants)).not.toContain('secretmix');
  });

  test('says the verdict of the variants it compares, and not that of another variant that is called the same', async () => {
    const [mix, secret] = [await variantOf('aug=cutmix'), await variantOf('aug=secretmix')];
    const [right, wrong] = [await share({ subject: shared.id, compare: [runOf(plain), runOf(mixed)] }), await share({ subject: shared.id, compare: [runOf(plain), secret.run] })];
    const verdictOf = async ({ token }: Made) => (await read<SharedComparisonPage>(token)).comparison.experiment.verdict?.treatment ?? null;
    await api.adapters.prisma.variant.update({ where: { id: secret.id }, data: { label: mix.label } });
    try {
      expect([await verdictOf(right), await verdictOf(wrong)]).toEqual([mix.label, null]);
    } finally {
      await api.adapters.prisma.variant.update({ where: { id: secret.id }, data: { label: secret.label } });
    }
  });

  test('without params or code has no rows of them', async () => {
    const { token } = await share({ subject: shared.id, compare: [runOf(plain), runOf(mixed)], redact: ['PARAMS', 'CODE', 'ORGANIZATION'] });
    const text = await (await get(token)).text();
    for (const secret of ['cutmix', 'aug', shared.key]) expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({ comparison: { rows: [], runs: [{ name: 'Run 1', variant: 'Baseline', seed: null }, { name: 'Run 2', variant: expect.stringMatching(/^Treatment [AB]$/), seed: null }] } });
  });

  test('says nothing of the files that its runs logged, nor of the threads on their lines', async () => {
    const sha256 = 'cd'.repeat(32);
    await api.adapters.prisma.blob.create({ data: { sha256, size: 12n } });
    for (const run of [runOf(plain), runOf(mixed)]) await api.adapters.prisma.artifact.create({ data: { ownerId: run, path: 'src/hidden_train.py', sha256, size: 12n } });
    await api.ok('mutation($input: StartThreadInput!) { startThread(input: $input) { thread { id } } }', { input: { subject: shared.id, body: 'Why so bold?', anchor: { kind: 'artifact', path: 'src/hidden_train.py', run: runOf(mixed), line: 2, quote: 'lr_hidden = 3' } } }, lab.ada);
    const { token } = await share({ subject: shared.id, compare: [runOf(plain), runOf(mixed)] });
    const text = await (await get(token)).text();
    for (const secret of ['hidden_train', 'lr_hidden', sha256]) expect(text).not.toContain(secret);
  });

  test('is of runs of the experiment that is shared, and ends when fewer than two are left', async () => {
    const other = await lab.experiment('other');
    const [foreign] = await lab.runs(other.id, 'aug=other', [0.1]);
    for (const compare of [[runOf(plain)], [runOf(plain), runOf(plain)], [runOf(plain), foreign ?? ''], [runOf(plain), 'run_none'], Array.from({ length: 21 }, (_, n) => `run_${n}`)]) expect(await refused({ subject: shared.id, compare })).toBe('share/compared-runs');
    expect(await refused({ subject: shared.hypothesis, compare: [runOf(plain), runOf(mixed)] })).toBe('share/compared-runs');
    const { token } = await share({ subject: shared.id, compare: [runOf(plain, 2), runOf(mixed, 2)] });
    expect((await get(token)).status).toBe(200);
    await api.adapters.prisma.run.update({ where: { id: runOf(plain, 2) }, data: { deletedAt: new Date() } });
    expect((await get(token)).status).toBe(404);
    await api.adapters.prisma.run.update({ where: { id: runOf(plain, 2) }, data: { deletedAt: null } });
  });
});

const wordsIn = (nodes: readonly SharedNode[]): string => nodes.map(({ text, content }) => `${text ?? ''}${content ? wordsIn(content) : ''}`).join(' ');

describe('a note', () => {
  const mentions = () => `[@${lab.ada.name}](lemma:person/per_ada) wrote about [${shared.key}](lemma:experiment/${shared.id}).`;
  const hostile = () => `# Findings

<script>alert(1)</script>

**Bold** [out](https://example.org/paper) [in](/e/${shared.key}) [bad](javascript:alert(1)) [own](${api.url}/e/${shared.key})

${mentions()}

- [x] done`;

  test('is words only: what it mentions is no way to anything, and only addresses outside are links', async () => {
    const note = await noteAbout(lab.projectId, hostile());
    const { token } = await share({ subject: note });
    const page = await read<SharedNotePage>(token);
    expect(page).toMatchObject({ subject: 'note', title: 'Report of the week', note: { about: 'project', author: lab.ada.name, cut: false, evidence: [] } });
    const hrefs = [...JSON.stringify(page).matchAll(/"href":"([^"]*)"/g)].map(([, href]) => href);
    expect(hrefs).toEqual(['https://example.org/paper']);
    for (const inside of [shared.id, 'javascript:', '/e/', 'lemma:']) expect(JSON.stringify(page)).not.toContain(inside);
    expect(wordsIn(page.note.blocks)).toContain(shared.key);
  });

  test('names neither people nor keys that the sharer left out', async () => {
    const { token } = await share({ subject: await noteAbout(lab.projectId, mentions()), redact: ['PEOPLE', 'ORGANIZATION'] });
    const text = await (await get(token)).text();
    for (const secret of [lab.ada.name, shared.key]) expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({ note: { author: null } });
    expect(text).toContain('an experiment');
  });

  test('that Lemma wrote as minutes says neither, in its words nor in its title, and a result says what was decided', async () => {
    const MEETING = 'mutation($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } } }';
    const { createMeeting: { meeting: { id } } } = await api.ok<{ createMeeting: { meeting: { id: string } } }>(MEETING, { input: { project: lab.slug, title: `${lab.slug} with ${lab.ada.name}` } }, lab.ada);
    const act = async (name: string, type: string, input: Record<string, unknown>, as = lab.ada) => api.ok(`mutation($input: ${type}Input!) { ${name}(input: $input) { meeting { id } } }`, { input: { meeting: id, ...input } }, as);
    await act('startMeeting', 'StartMeeting', {});
    await act('attendMeeting', 'AttendMeeting', {}, lab.grace);
    await act('recordDecision', 'RecordDecision', { body: `Adopt it, said ${lab.grace.name}`, subject: shared.id });
    await act('addActionItem', 'AddActionItem', { body: 'Try half a pixel' });
    await act('endMeeting', 'EndMeeting', {});
    const decided = async (more: Record<string, unknown> = {}) => (await read<SharedResultPage>((await share({ subject: shared.id, ...more })).token)).experiments[0]?.decision;
    expect(await decided()).toMatchObject({ text: `Adopt it, said ${lab.grace.name}`, by: lab.ada.name });
    expect(await decided({ redact: ['PEOPLE'] })).toMatchObject({ text: 'Adopt it, said somebody', by: null });
    const { minutesNoteId } = await api.adapters.prisma.meeting.findUniqueOrThrow({ where: { id } });
    const secrets = [lab.ada.name, lab.grace.name, shared.key, lab.slug];
    const open = await (await get((await share({ subject: minutesNoteId })).token)).text();
    for (const secret of secrets) expect(open).toContain(secret);
    const { token } = await share({ subject: minutesNoteId, redact: ['PEOPLE', 'ORGANIZATION'] });
    const text = await (await get(token)).text();
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({ title: expect.stringMatching(/^Minutes: a project with somebody, /), note: { about: 'meeting' } });
    for (const words of ['Present: somebody', 'recorded by somebody', 'said somebody', 'Try half a pixel: somebody', 'an experiment']) expect(text).toContain(words);
  });

  test('ends with the note, with what it is about, and with the link', async () => {
    const about = await lab.experiment('of a note');
    const [first, second, third] = [await noteAbout(about.id, 'one'), await noteAbout(about.id, 'two'), await noteAbout(lab.projectId, 'three')];
    const [gone, with_, taken] = [await share({ subject: first }), await share({ subject: second, freeze: true }), await share({ subject: third })];
    await api.adapters.prisma.note.update({ where: { id: first }, data: { deletedAt: new Date() } });
    expect([(await get(gone.token)).status, (await get(with_.token)).status]).toEqual([404, 200]);
    await api.adapters.prisma.experiment.update({ where: { id: about.id }, data: { deletedAt: new Date() } });
    expect((await get(with_.token)).status).toBe(404);
    await api.ok(REVOKE, { id: taken.id }, lab.ada);
    expect((await get(taken.token)).status).toBe(404);
  });
});

describe('each kind', () => {
  test('is shared by those who may, and seen in the list of its links by those alone', async () => {
    const note = await noteAbout(lab.projectId, 'words');
    const subjects: readonly Record<string, unknown>[] = [{ subject: runOf(plain) }, { subject: shared.id, compare: [runOf(plain), runOf(mixed)] }, { subject: note }];
    for (const input of subjects) {
      expect(await refused(input, lab.vera)).toBe('access/role-too-weak');
      expect(await refused(input, lab.eve)).toBe('share/unknown-subject');
      await share(input);
    }
    const LINKS = 'query($id: ID!) { node(id: $id) { ... on Run { shareLinks { id } } ... on Note { shareLinks { id } } ... on Experiment { shareLinks { id } } } }';
    for (const { subject } of subjects) {
      expect((await api.ok<{ node: { shareLinks: unknown[] } }>(LINKS, { id: subject }, lab.grace)).node.shareLinks).not.toHaveLength(0);
      expect(await api.ok(LINKS, { id: subject }, lab.vera)).toEqual({ node: { shareLinks: [] } });
    }
  });

  test('a token opens its own page and nothing else, whatever is put behind it', async () => {
    const { token } = await share({ subject: runOf(plain) });
    for (const rest of [`/${runOf(mixed)}`, '/comparison', '/notes', '/../x', `/events/${shared.id}`]) expect((await get(token, rest)).status).toBe(404);
    const page = await read<SharedRunPage>(token);
    expect(await (await get(token, `?subject=${runOf(mixed)}&runs=${mixed.join(',')}`)).json()).toEqual(page);
    expect((await api.fetch('/graphql', { method: 'POST', as: null, headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query: '{ viewer { __typename } }' }) })).status).toBe(401);
  });

  test('waits for the approval that its data asks for, and a hypothesis shows no experiment that does', async () => {
    const held = await lab.experiment('with faces');
    const [run, more] = await lab.runs(held.id, 'aug=none', [0.5, 0.6]);
    const [early, note] = [await share({ subject: held.hypothesis }), await noteAbout(held.id, 'words about it')];
    expect((await read<SharedResultPage>(early.token)).experiments).toHaveLength(1);
    const dataset = await api.adapters.prisma.dataset.create({ data: { id: api.adapters.ports.ids.next('dataset'), projectId: lab.projectId, name: 'faces', digest: 'f1', sourceType: 'local', source: '{}' } });
    await api.adapters.prisma.runInput.create({ data: { runId: run ?? '', datasetId: dataset.id } });
    await api.ok('mutation($input: DescribeDataInput!) { describeData(input: $input) { project { id } } }', { input: { project: lab.slug, name: 'faces', personalData: true } }, lab.ada);
    for (const input of [{ subject: held.id }, { subject: held.hypothesis }, { subject: run }, { subject: held.id, compare: [run, more] }, { subject: note }]) expect(await refused(input)).toBe('share/ethics-review-needed');
    expect((await read<SharedResultPage>(early.token)).experiments).toHaveLength(0);
  });

  test('evidence in a note passes the gate of its own experiment, frozen or live', async () => {
    const [held, free] = [await lab.experiment('with voices'), await lab.experiment('with digits')];
    const [run] = await lab.runs(held.id, 'aug=none', [0.5]);
    const note = await noteAbout(lab.projectId, 'What we saw:');
    for (const { id, word } of [{ id: held.id, word: 'voices' }, { id: free.id, word: 'digits' }]) {
      await putEvidence(note, id, { at: '2026-11-28T10:00:00.000Z', digest: null, content: { metric: 'acc', caption: `Frozen ${word} improved` } });
      await putEvidence(note, id, null);
    }
    const { token } = await share({ subject: note });
    const shown = async () => { const page = await read<SharedNotePage>(token); return { text: JSON.stringify(page), live: page.note.evidence.map(({ experiment }) => experiment.name) }; };
    const before = await shown();
    expect(before.live).toEqual(['with voices', 'with digits']);
    for (const sentence of ['Frozen voices improved', 'Frozen digits improved']) expect(before.text).toContain(sentence);
    const dataset = await api.adapters.prisma.dataset.create({ data: { id: api.adapters.ports.ids.next('dataset'), projectId: lab.projectId, name: 'voices', digest: 'v1', sourceType: 'local', source: '{}' } });
    await api.adapters.prisma.runInput.create({ data: { runId: run ?? '', datasetId: dataset.id } });
    await api.ok('mutation($input: DescribeDataInput!) { describeData(input: $input) { project { id } } }', { input: { project: lab.slug, name: 'voices', personalData: true } }, lab.ada);
    const after = await shown();
    expect(after.live).toEqual(['with digits']);
    expect(after.text).not.toContain('voices');
    expect(after.text).toContain('Frozen digits improved');
  });
});
