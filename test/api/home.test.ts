import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spreadHappenings } from '../../operations/notifications/spread-happenings.ts';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';
import { mlflow, trackedExperiment, trackedRun } from '../support/tracked-run.ts';

let api: Api;
let olga: TestPerson;
let rita: TestPerson;
let outi: TestPerson;
let key: string;
let experimentId: string;
let mlflowId: string;

interface Need { readonly id: string; readonly kind: string; readonly title: string; readonly reason: string; readonly path: string }
interface News { readonly since: string; readonly more: boolean; readonly items: readonly { readonly experiment: { readonly name: string }; readonly judged: boolean; readonly outcomeBefore: string | null; readonly newRuns: number; readonly failedRuns: number; readonly approvals: number; readonly comments: number }[] }
const needs = async (as: As): Promise<readonly Need[]> => (await api.ok<{ viewer: { needs: Need[] } }>('{ viewer { needs { id kind title reason path } } }', {}, as)).viewer.needs;
const ofKind = async (as: As, kind: string) => (await needs(as)).filter((need) => need.kind === kind);
const news = async (as: As): Promise<News> => (await api.ok<{ viewer: { news: News } }>('{ viewer { news { since more items { experiment { name } judged outcomeBefore newRuns failedRuns approvals comments } } } }', {}, as)).viewer.news;
const look = (as: As, all = false) => api.ok('mutation($all: Boolean) { lookAtHome(input: { all: $all }) { viewer { id } } }', { all }, as);

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  [olga, rita, outi] = [await api.signUp('Olga'), await api.signUp('Rita'), await api.signUp('Outi')];
  await api.ok('mutation { createProject(input: { slug: "lab", name: "Lab", key: "LAB", restricted: true }) { project { id } } }', {}, olga);
  await api.ok('mutation($email: String!) { addMember(input: { project: "lab", email: $email, role: REVIEWER }) { member { id } } }', { email: rita.email }, olga);
  mlflowId = await trackedExperiment(api, olga, 'lab/Mixup');
  const { id } = (await api.ok<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation { proposeHypothesis(input: { project: "lab", statement: "Mixing raises acc", metric: "acc", direction: INCREASE }) { hypothesis { id } } }', {}, olga)).proposeHypothesis.hypothesis;
  const row = await api.adapters.prisma.experiment.findFirstOrThrow({ where: { name: 'Mixup' } });
  [key, experimentId] = [`LAB-${row.number}`, row.id];
  await api.ok('mutation($key: String!, $id: ID!) { setHypothesis(input: { experiment: $key, hypothesis: $id }) { experiment { id } } }', { key, id }, olga);
  for (const seed of ['1', '2']) await trackedRun(api, olga, { experiment: mlflowId, name: `seed ${seed}`, params: { seed }, metrics: [{ key: 'acc', value: 0.9 }], status: 'FINISHED' });
  await api.adapters.prisma.experiment.update({ where: { id: experimentId }, data: { evidenceDigest: 'a'.repeat(64), analysedVersion: 1_000_000, inputsVersion: 1_000_000 } });
}, 120_000);
afterAll(() => api.stop());

describe('what needs somebody', () => {
  test('a review asked of them, until they gave it', async () => {
    await api.ok('mutation($key: String!, $who: [String!]!) { requestReview(input: { experiment: $key, reviewers: $who }) { reviews { id } } }', { key, who: [rita.email] }, olga);
    expect(await ofKind(rita, 'REVIEW')).toMatchObject([{ title: 'Review “Mixup”', reason: 'asked by Olga', path: `/e/${key}` }]);
    expect(await ofKind(olga, 'REVIEW')).toEqual([]);
    await api.ok('mutation($key: String!) { submitReview(input: { experiment: $key, decision: APPROVE }) { review { id } } }', { key }, rita);
    expect(await ofKind(rita, 'REVIEW')).toEqual([]);
  });

  test('an approval that went stale, for who gave it and for whose work it is', async () => {
    expect(await ofKind(rita, 'STALE_APPROVAL')).toEqual([]);
    await api.adapters.prisma.experiment.update({ where: { id: experimentId }, data: { evidenceDigest: 'b'.repeat(64) } });
    expect(await ofKind(rita, 'STALE_APPROVAL')).toMatchObject([{ title: 'Your approval of “Mixup” went stale', reason: expect.stringContaining('The evidence changed after Rita approved it') as string }]);
    expect(await ofKind(olga, 'STALE_APPROVAL')).toMatchObject([{ title: 'The approval of “Mixup” went stale' }]);
    expect(await needs(outi)).toEqual([]);
  });

  test('and both are told of it', async () => {
    const { ports, prisma } = api.adapters;
    const { projectId } = await prisma.experiment.findUniqueOrThrow({ where: { id: experimentId } });
    await ports.store.transaction((tx) => tx.happenings.add({ kind: 'APPROVAL_STALE', projectId, experimentId, subjectId: experimentId, actorId: null, detail: {} }));
    while ((await spreadHappenings(ports)) > 0) { /* until none is left */ }
    const told = await prisma.notification.findMany({ where: { kind: 'APPROVAL_STALE' }, select: { person: { select: { name: true } } } });
    expect(told.map(({ person }) => person?.name ?? '').toSorted()).toEqual(['Olga', 'Rita']);
  });

  test('failures of one experiment as one line, until the same is run again and finishes, or the run is excluded', async () => {
    const failed = await trackedRun(api, olga, { experiment: mlflowId, name: 'seed 3', params: { seed: '3' }, status: 'FAILED' });
    await trackedRun(api, olga, { experiment: mlflowId, name: 'seed 4', params: { seed: '4' }, status: 'FAILED' });
    expect(await ofKind(olga, 'FAILURE')).toMatchObject([{ title: 'Runs of “Mixup” need a look', reason: expect.stringContaining('2 of 4 runs failed') as string, path: `/e/${key}` }]);
    expect(await ofKind(rita, 'FAILURE')).toEqual([]);
    // Beside the stale approval of the same experiment: a client that keeps things by id has two.
    const found = (await needs(olga)).filter(({ path }) => path === `/e/${key}`).map(({ id }) => id);
    expect([found.length, new Set(found).size]).toEqual([2, 2]);
    await trackedRun(api, olga, { experiment: mlflowId, name: 'seed 4', params: { seed: '4' }, status: 'FINISHED' });
    expect(await ofKind(olga, 'FAILURE')).toMatchObject([{ reason: '1 of 5 runs failed; the latest is seed 3' }]);
    await api.ok('mutation($run: ID!) { excludeRun(input: { run: $run, reason: "the disk was full" }) { run { id } } }', { run: failed }, olga);
    expect(await ofKind(olga, 'FAILURE')).toEqual([]);
  });

  test('a mention, until it was read', async () => {
    const { ports, prisma } = api.adapters;
    const [{ projectId }, who] = [await prisma.experiment.findUniqueOrThrow({ where: { id: experimentId } }), await prisma.person.findUniqueOrThrow({ where: { email: rita.email } })];
    await ports.store.transaction((tx) => tx.happenings.add({ kind: 'MENTIONED', projectId, experimentId, subjectId: experimentId, actorId: null, addresseeIds: [who.id], detail: { about: 'Is seed 7 like the others?' } }));
    while ((await spreadHappenings(ports)) > 0) { /* until none is left */ }
    const [mention] = await ofKind(rita, 'MENTION');
    expect(mention).toMatchObject({ reason: '“Is seed 7 like the others?”' });
    await api.ok('mutation($id: ID!) { markNotificationsRead(input: { notifications: [$id] }) { viewer { id } } }', { id: mention?.id }, rita);
    expect(await ofKind(rita, 'MENTION')).toEqual([]);
  });

  test('an action item with the day it is due', async () => {
    const meeting = (await api.ok<{ createMeeting: { meeting: { id: string } } }>('mutation { createMeeting(input: { project: "lab" }) { meeting { id } } }', {}, olga)).createMeeting.meeting.id;
    await api.ok('mutation($id: ID!) { startMeeting(input: { meeting: $id }) { meeting { id } } }', { id: meeting }, olga);
    await api.ok('mutation($id: ID!) { addActionItem(input: { meeting: $id, body: "Run it in float32" }) { actionItem { id } } }', { id: meeting }, olga);
    expect(await ofKind(olga, 'ACTION')).toMatchObject([{ title: 'Run it in float32', path: `/m/${meeting}` }]);
  });
});

describe('what changed since somebody last looked', () => {
  test('a sweep is one line, and others’ comments are counted, not one’s own', async () => {
    for (let n = 0; n < 12; n += 1) await trackedRun(api, olga, { experiment: mlflowId, name: `sweep ${n}`, params: { seed: `${100 + n}` }, status: n === 0 ? 'FAILED' : 'FINISHED' });
    await api.ok('mutation($id: ID!) { startThread(input: { subject: $id, body: "Why?" }) { thread { id } } }', { id: experimentId }, rita);
    expect((await news(olga)).items).toMatchObject([{ experiment: { name: 'Mixup' }, newRuns: 17, failedRuns: 3, approvals: 1, comments: 1 }]);
    expect((await news(rita)).items).toMatchObject([{ approvals: 0, comments: 0 }]);
    expect((await news(outi)).items).toEqual([]);
  });

  test('reading is not looking, looks of one visit keep the list, and “all seen” empties it for this person alone', async () => {
    const { since } = await news(olga);
    expect((await news(olga)).items).toHaveLength(1);
    expect(await api.adapters.prisma.homeLook.count()).toBe(0);
    await look(olga);
    await look(olga);
    const visit = await news(olga);
    expect(visit.items).toHaveLength(1);
    expect(Date.parse(visit.since) - Date.parse(since)).toBeLessThan(600_000);
    await look(olga, true);
    expect((await news(olga)).items).toEqual([]);
    expect((await news(rita)).items).toHaveLength(1);
    await mlflow(api, olga, ['POST', 'runs/create'], { experiment_id: mlflowId, start_time: 1 });
    expect((await news(olga)).items).toMatchObject([{ newRuns: 1, judged: false }]);
  });

  test('a verdict that turned says what it was', async () => {
    const { prisma, ports } = api.adapters;
    await look(olga, true);
    const verdict = (outcome: 'INCONCLUSIVE' | 'SUPPORTED', computedAt: Date) => prisma.verdict.create({ data: { id: ports.ids.next('verdict'), experimentId, outcome, metric: 'acc', effect: 0.1, baselineRuns: 2, treatmentRuns: 2, method: 'welch', explanation: 'x', comparisons: [], inputsDigest: outcome, inputsVersion: 1, softwareVersion: 'test', computedAt } });
    await verdict('INCONCLUSIVE', new Date(Date.now() - 3_600_000));
    await verdict('SUPPORTED', new Date(Date.now() + 1_000));
    expect((await news(olga)).items).toMatchObject([{ judged: true, outcomeBefore: 'INCONCLUSIVE', newRuns: 0 }]);
  });
});
