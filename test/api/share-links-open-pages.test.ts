import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { XmlElement } from 'yjs';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';
import { openNote } from '../support/note-client.ts';

let api: Api;
let lab: Lab;
beforeAll(async () => {
  api = await startApi();
  lab = await openLab(api);
});
afterAll(() => api.stop());

const CREATE = 'mutation($input: CreateShareLinkInput!) { createShareLink(input: $input) { url } }';
const share = async (input: Record<string, unknown>): Promise<string> => (await api.ok<{ createShareLink: { url: string } }>(CREATE, { input }, lab.ada)).createShareLink.url.slice(-43);
const statusOf = async (token: string): Promise<number> => (await api.fetch(`/api/v1/share/${token}`)).status;
const noteAbout = async (subject: string): Promise<string> =>
  (await api.ok<{ createNote: { note: { id: string } } }>('mutation($input: CreateNoteInput!) { createNote(input: $input) { note { id } } }', { input: { subject, title: 'Report', markdown: 'Words' } }, lab.ada)).createNote.note.id;
const RUN = 'mutation($input: UpdateRunInput!) { updateRun(input: $input) { run { id } } }';
const EXPERIMENT = 'mutation($input: UpdateExperimentInput!) { updateExperiment(input: $input) { experiment { id } } }';
const deleteRun = (run: string) => api.ok(RUN, { input: { run, deleted: true } }, lab.ada);
const renameRun = (run: string, name: string) => api.ok(RUN, { input: { run, name } }, lab.ada);
const deleteExperiment = (experiment: string) => api.ok(EXPERIMENT, { input: { experiment, deleted: true } }, lab.ada);
const renameExperiment = (experiment: string, name: string) => api.ok(EXPERIMENT, { input: { experiment, name } }, lab.ada);

/** A page that somebody has open: what it has heard so far. */
interface OpenPage { readonly heard: readonly string[]; close(): void }
async function open(token: string): Promise<OpenPage> {
  const leaving = new AbortController();
  const response = await api.fetch(`/api/v1/share/${token}/events`, { signal: leaving.signal });
  expect(response.status).toBe(200);
  const heard: string[] = [];
  const listen = async (): Promise<void> => {
    for await (const chunk of response.body ?? []) for (const [, event = ''] of Buffer.from(chunk as Uint8Array).toString().matchAll(/^event: (\w+)/gm)) heard.push(event);
  };
  void listen().catch(() => {});
  await expect.poll(() => heard, { timeout: 20_000 }).toContain('open');
  return { heard, close: () => leaving.abort() };
}
async function hears({ heard }: OpenPage, event: string): Promise<void> {
  await expect.poll(() => heard, { timeout: 20_000, interval: 50 }).toContain(event);
}

interface Made { readonly id: string; readonly key: string; readonly hypothesis: string; readonly runs: readonly string[]; readonly note: string }
async function made(name: string): Promise<Made> {
  const experiment = await lab.experiment(name);
  const runs = await lab.runs(experiment.id, 'aug=none', [0.9, 0.91, 0.92]);
  return { ...experiment, runs, note: await noteAbout(experiment.id) };
}
/** Its data turns out to be of people who were not asked. */
async function holdBack({ runs }: Made, name: string): Promise<void> {
  const dataset = await api.adapters.prisma.dataset.create({ data: { id: api.adapters.ports.ids.next('dataset'), projectId: lab.projectId, name, digest: 'd1', sourceType: 'local', source: '{}' } });
  await api.adapters.prisma.runInput.create({ data: { runId: runs[0] ?? '', datasetId: dataset.id } });
  await api.ok('mutation($input: DescribeDataInput!) { describeData(input: $input) { project { id } } }', { input: { project: lab.slug, name, personalData: true } }, lab.ada);
}

const KINDS: Readonly<Record<string, (of: Made) => Record<string, unknown>>> = {
  experiment: ({ id }) => ({ subject: id }),
  'frozen experiment': ({ id }) => ({ subject: id, freeze: true }),
  run: ({ runs }) => ({ subject: runs[0] }),
  comparison: ({ id, runs }) => ({ subject: id, compare: runs.slice(0, 2) }),
  note: ({ note }) => ({ subject: note }),
  'frozen hypothesis': ({ hypothesis }) => ({ subject: hypothesis, freeze: true }),
};

describe('an open page closes', () => {
  test.each(Object.keys(KINDS))('when the experiment of its %s is deleted', async (kind) => {
    const of = await made(`deleted ${kind}`);
    const token = await share(KINDS[kind]?.(of) ?? {});
    const page = await open(token);
    await deleteExperiment(of.key);
    await hears(page, 'gone');
    expect(await statusOf(token)).toBe(404);
  });

  test('when its run is deleted, or too few of the runs it compares are left', async () => {
    const of = await made('fewer runs');
    const tokens = [await share({ subject: of.runs[0] }), await share({ subject: of.id, compare: of.runs.slice(0, 2) })];
    const pages = await Promise.all(tokens.map(open));
    await deleteRun(of.runs[0] ?? '');
    for (const page of pages) await hears(page, 'gone');
    expect(await Promise.all(tokens.map(statusOf))).toEqual([404, 404]);
  });

  test('when its note is deleted', async () => {
    const note = await noteAbout(lab.projectId);
    const token = await share({ subject: note });
    const page = await open(token);
    await api.ok('mutation($note: ID!) { deleteNote(input: { note: $note }) { deleted } }', { note }, lab.ada);
    await hears(page, 'gone');
    expect(await statusOf(token)).toBe(404);
  });

  test.each(Object.keys(KINDS))('when the data of its %s may not leave any more, and opens for nobody until it may', async (kind) => {
    const of = await made(`held ${kind}`);
    const token = await share(KINDS[kind]?.(of) ?? {});
    const page = await open(token);
    expect(await statusOf(token)).toBe(200);
    await holdBack(of, `faces of ${kind}`);
    await hears(page, 'gone');
    expect([await statusOf(token), (await api.fetch(`/api/v1/share/${token}/events`)).status]).toEqual([404, 404]);
    await api.adapters.prisma.dataCard.deleteMany({ where: { projectId: lab.projectId, name: `faces of ${kind}` } });
    expect(await statusOf(token)).toBe(200);
  });
});

describe('an open page hears of what it shows', () => {
  test('a run’s page: its own news, and not its neighbour’s', async () => {
    const of = await made('run news');
    const [page, neighbour] = [await open(await share({ subject: of.runs[0] })), await open(await share({ subject: of.runs[1] }))];
    await renameRun(of.runs[0] ?? '', 'renamed');
    await hears(page, 'changed');
    expect(neighbour.heard).toEqual(['open']);
  });

  test('a running run’s page: what it measures', async () => {
    const of = await made('measuring');
    const page = await open(await share({ subject: of.runs[0] }));
    let value = 0;
    // The page may not listen yet when the first points come.
    await expect.poll(async () => {
      value += 1;
      await api.fetch('/api/2.0/mlflow/runs/log-metric', { method: 'POST', as: lab.ada, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ run_id: of.runs[0], key: 'val_acc', value, timestamp: value, step: value + 1 }) });
      return page.heard;
    }, { timeout: 20_000, interval: 200 }).toContain('changed');
  });

  test('a hypothesis’ page: its experiments, also one that comes later', async () => {
    const of = await made('first test');
    const page = await open(await share({ subject: of.hypothesis }));
    await renameExperiment(of.key, 'first test renamed');
    await hears(page, 'changed');
    const later = await open(await share({ subject: of.hypothesis }));
    const second = await lab.experiment('second test', { hypothesis: of.hypothesis });
    await hears(later, 'changed');
    const told = later.heard.length;
    await renameExperiment(second.key, 'second test renamed');
    await expect.poll(() => later.heard.length, { timeout: 20_000 }).toBeGreaterThan(told);
  });

  test('a note’s page: the evidence in it', async () => {
    const of = await made('evidence');
    const note = await noteAbout(lab.projectId);
    const client = await openNote(api.url, note, lab.ada);
    const block = new XmlElement<Record<string, string | object | null>>('evidence');
    for (const [name, value] of Object.entries({ kind: 'verdict', subject: of.id, options: {}, frozen: null })) block.setAttribute(name, value);
    const pushed = client.change(() => { client.doc.getXmlFragment('default').push([block as never]); });
    await expect.poll(() => client.saved.has(pushed), { timeout: 20_000 }).toBe(true);
    client.close();
    const page = await open(await share({ subject: note }));
    await renameExperiment(of.key, 'evidence renamed');
    await hears(page, 'changed');
  });

  test('a page that takes comments: those of its own guests, and not those of another link', async () => {
    const of = await made('comments');
    const [token, other] = [await share({ subject: of.id, guestsMayComment: true }), await share({ subject: of.id, guestsMayComment: true })];
    const [page, elsewhere] = [await open(token), await open(other)];
    await api.fetch(`/api/v1/share/${token}/comments`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'Dana', comment: 'Hello' }) });
    await hears(page, 'changed');
    await renameExperiment(of.key, 'comments renamed');
    await hears(elsewhere, 'changed');
    expect(elsewhere.heard).toEqual(['open', 'changed']);
  });

  test('however much happens, in few looks', async () => {
    const of = await made('a sweep');
    const page = await open(await share({ subject: of.id }));
    await Promise.all(Array.from({ length: 60 }, (_, n) => api.adapters.ports.store.transaction((tx) => tx.outbox.change({ noun: 'run', id: `run_${n}`, verb: 'ended', projectId: lab.projectId, experimentId: of.id, subjectId: null }))));
    await hears(page, 'changed');
    await deleteExperiment(of.key);
    await hears(page, 'gone');
    expect(page.heard.filter((event) => event === 'changed').length).toBeLessThan(30);
  });
});

describe('what comes from outside', () => {
  test('says to have looked already, and is not believed: each look is counted', async () => {
    const { id } = await made('looked at');
    const token = await share({ subject: id });
    for (const told of ['again', 'preview']) expect((await api.fetch(`/api/v1/share/${token}`, { headers: { 'x-share-look': told, 'x-share-pages': 'guessed' } })).status).toBe(200);
    expect(await api.adapters.prisma.shareLink.findFirst({ where: { subjectId: id }, select: { viewCount: true } })).toEqual({ viewCount: 2 });
  });

  test('holds few pages of a link open from one address, and what it closes makes room', async () => {
    const events = `/api/v1/share/${await share({ subject: (await made('held open')).id })}/events`;
    const pages = Array.from({ length: 22 }, () => new AbortController());
    const answers = await Promise.all(pages.map(({ signal }) => api.fetch(events, { signal })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([...Array.from({ length: 20 }, () => 200), 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect([refused?.headers.get('retry-after'), await refused?.json()]).toEqual(['30', { error: expect.objectContaining({ reason: 'share/too-many-open' }) as unknown }]);
    // What is refused can still learn whether its link is open.
    expect((await api.fetch(events, { method: 'HEAD' })).status).toBe(405);
    for (const page of pages) page.abort();
    const later = new AbortController();
    await expect.poll(async () => (await api.fetch(events, { signal: later.signal })).status, { timeout: 20_000 }).toBe(200);
    later.abort();
  });
});
