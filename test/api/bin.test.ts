import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyBin } from '../../operations/bin/empty-bin.ts';
import { startAnalysisWorker } from '../support/analysis-worker.ts';
import { startApi, type Api, type TestPerson } from '../support/api.ts';
import { mlflow, trackedExperiment, trackedRun } from '../support/tracked-run.ts';
import { clockAt } from '../support/moved-clock.ts';

const DAY_MS = 86_400_000;

let api: Api;
let owner: TestPerson;
let outsider: TestPerson;
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open', LEMMA_KEEP_DELETED_DAYS: '10' });
  owner = await api.signUp('Olga Owner');
  outsider = await api.signUp('Otto Outsider');
  await api.ok('mutation { createProject(input: { slug: "vision", name: "Vision", key: "VIS", restricted: true }) { project { id } } }', {}, owner);
});
afterAll(() => api.stop());

/** As upkeep does, so many days from now. */
const emptyAfter = (days: number) => {
  const now = new Date(Date.now() + days * DAY_MS);
  return emptyBin({ ...api.adapters.ports, clock: clockAt(now) }, 10, new AbortController().signal);
};
const setDeleted = (run: string, deleted: boolean, as: TestPerson = owner) => api.gql('mutation($run: ID!, $deleted: Boolean!) { updateRun(input: { run: $run, deleted: $deleted }) { run { id } } }', { run, deleted }, as);
const reasonOf = async (answer: ReturnType<typeof setDeleted>): Promise<string | undefined> => (await answer).errors[0]?.extensions.reason;
const askMlflow = async (call: string, body: unknown) => {
  const response = await api.fetch(`/api/2.0/mlflow/${call}`, { method: 'POST', as: owner, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() as unknown };
};

test('a deleted run says until when it can be restored; after that a restore is refused with the day, in either door, and strangers hear of nothing', async () => {
  const run = await trackedRun(api, owner, { experiment: await trackedExperiment(api, owner, 'vision/once'), metrics: [{ key: 'acc', value: 1 }] });
  const standing = async () => (await api.ok<{ run: { deletedAt: string | null; removedFrom: string | null } | null }>('query($run: ID!) { run(id: $run) { deletedAt removedFrom } }', { run }, owner)).run;
  expect(await standing()).toEqual({ deletedAt: null, removedFrom: null });
  await setDeleted(run, true);
  const deleted = await standing();
  expect(Date.parse(deleted?.removedFrom ?? '') - Date.parse(deleted?.deletedAt ?? '')).toBe(10 * DAY_MS);
  await emptyAfter(9);
  expect((await setDeleted(run, false)).errors ?? []).toEqual([]);
  await setDeleted(run, true);
  await emptyAfter(11);
  expect(await standing()).toBeNull();
  const refused = (await setDeleted(run, false)).errors[0];
  expect(refused).toMatchObject({ extensions: { code: 'NOT_FOUND', reason: 'bin/removed' } });
  expect(refused?.message).toMatch(new RegExp(`^Run with id=${run} was removed for good on \\d{4}-\\d\\d-\\d\\d, .*cannot be restored`));
  expect(await reasonOf(setDeleted(run, false, outsider))).toBe('run/unknown');
  expect(await askMlflow('runs/restore', { run_id: run })).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: expect.stringMatching(/was removed for good/) as unknown } });
});

test('an experiment goes with its runs, and a restore of it is refused', async () => {
  const id = await trackedExperiment(api, owner, 'vision/twice');
  await trackedRun(api, owner, { experiment: id, params: { lr: '1' } });
  const { experiments } = await mlflow<{ experiments: { experiment_id: string }[] }>(api, owner, ['POST', 'experiments/search'], { max_results: 100 });
  expect(experiments.map(({ experiment_id }) => experiment_id)).toContain(id);
  await askMlflow('experiments/delete', { experiment_id: id });
  await emptyAfter(11);
  const restore = await api.gql('mutation { updateExperiment(input: { experiment: "VIS-2", deleted: false }) { experiment { id } } }', {}, owner);
  expect(restore.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'bin/removed' });
  expect(await api.refusal('mutation { updateExperiment(input: { experiment: "VIS-2", deleted: false }) { experiment { id } } }', {}, outsider)).toBe('experiment/unknown');
  expect(await askMlflow('experiments/restore', { experiment_id: id })).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
  expect(await api.ok('{ experiment(key: "VIS-2") { id } }', {}, owner)).toEqual({ experiment: null });
  const { project } = await api.ok<{ project: { activity: unknown[] } }>('{ project(slug: "vision") { activity(first: 50) { action subject { __typename } detail } } }', {}, owner);
  expect(project.activity).toContainEqual(expect.objectContaining({ action: 'experiment.removed', subject: null, detail: expect.objectContaining({ name: 'VIS-2' }) as unknown }));
});

interface Seen { readonly evidenceDigest: string; readonly verdictPending: boolean; readonly variants: readonly { readonly runs: readonly { readonly id: string }[] }[] }

test('verdict, evidence and activity of an experiment are read as before after one of its runs was removed', async () => {
  const worker = await startAnalysisWorker(api);
  try {
    await api.ok('mutation { proposeHypothesis(input: { project: "vision", statement: "mixup helps", metric: "acc", direction: INCREASE }) { hypothesis { id } } }', {}, owner);
    const experiment = await trackedExperiment(api, owner, 'vision/thrice');
    const runs: string[] = [];
    for (const [seed, acc] of [[1, 0.5], [2, 0.6], [3, 0.55]] as const) runs.push(await trackedRun(api, owner, { experiment, params: { seed: String(seed) }, metrics: [{ key: 'acc', value: acc }], status: 'FINISHED' }));
    const [first = ''] = runs;
    const asked = `{ experiment(key: "VIS-3") { evidenceDigest verdictPending runs { nodes { id } } variants { estimate(metric: "acc") { mean } runs { id } } verdict { outcome explanation } reviews { id } threads { totalCount } } project(slug: "vision") { activity(first: 50) { action subject { __typename } } } }`;
    await api.ok('mutation($run: ID!) { startThread(input: { subject: $run, body: "odd" }) { thread { id } } }', { run: first }, owner);
    await setDeleted(first, true);
    const ids = async () => {
      const { experiment: seen } = await api.ok<{ experiment: Seen }>(asked, {}, owner);
      return seen.verdictPending ? null : seen.variants.flatMap(({ runs: own }) => own.map(({ id }) => id)).toSorted();
    };
    await expect.poll(ids).toEqual(runs.slice(1).toSorted());
    const before = await api.ok<{ experiment: Seen }>(asked, {}, owner);
    await emptyAfter(11);
    const after = await api.ok<{ experiment: Seen; run: unknown; project: unknown }>(asked, {}, owner);
    expect(after.experiment).toEqual({ ...before.experiment, runs: { nodes: expect.not.arrayContaining([{ id: first }]) as unknown } });
  } finally {
    await worker.stop();
  }
});
