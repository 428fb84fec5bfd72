import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeOldFiles } from '../../operations/artifacts/remove-old-files.ts';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';
import { clockAhead } from '../support/moved-clock.ts';
import { trackedExperiment, trackedRun } from '../support/tracked-run.ts';

const DAY_MS = 86_400_000;
const SET = 'mutation($input: SetFileRuleInput!) { setFileRule(input: $input) { project { fileDays } } }';
const TRY = 'query($slug: String!, $days: Int!) { project(slug: $slug) { fileDays fileRuleTry(days: $days) { files bytes } } }';

let api: Api;
let lab: Lab;
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  lab = await openLab(api);
});
afterAll(() => api.stop());

const address = (experiment: string, run: string, path: string): string => `/api/2.0/mlflow-artifacts/artifacts/${experiment}/${run}/artifacts/${path}`;
const send = async (experiment: string, run: string, path: string, body: string): Promise<void> => expect((await api.fetch(address(experiment, run, path), { as: lab.ada, method: 'PUT', body })).status).toBe(200);
const listed = async (run: string, path: string | null = null) =>
  (await api.ok<{ run: { artifacts: { path: string }[] } }>('query($run: ID!, $path: String) { run(id: $run) { artifacts(path: $path) { path isDirectory size sha256 url removedAt } } }', { run, path }, lab.ada)).run.artifacts;
const inMlflow = async (run: string): Promise<string[]> => {
  const answer = await (await api.fetch(`/api/2.0/mlflow/artifacts/list?run_id=${run}`, { as: lab.ada })).json() as { files?: { path: string }[] };
  return (answer.files ?? []).map(({ path }) => path);
};

test('a rule is set by a maintainer, within ten years, and taken back; who may not set it may not ask what it would remove', async () => {
  const set = (days: number | null) => ({ input: { project: lab.slug, days } });
  expect(await api.ok(SET, set(90), lab.ada)).toEqual({ setFileRule: { project: { fileDays: 90 } } });
  expect([await api.refusal(SET, set(0), lab.ada), await api.refusal(SET, set(3651), lab.ada)]).toEqual(['project/file-days', 'project/file-days']);
  expect([await api.refusal(SET, set(1), lab.vera), await api.refusal(SET, set(1), lab.grace), await api.refusal(SET, set(1), lab.eve)]).toEqual(['access/role-too-weak', 'access/role-too-weak', 'project/unknown']);
  expect(await api.refusal(TRY, { slug: lab.slug, days: 1 }, lab.vera)).toBe('access/role-too-weak');
  expect(await api.refusal(TRY, { slug: lab.slug, days: 0 }, lab.ada)).toBe('project/file-days');
  expect(await api.ok('query($slug: String!) { project(slug: $slug) { fileDays } }', { slug: lab.slug }, lab.vera)).toEqual({ project: { fileDays: 90 } });
  expect(await api.ok(SET, set(null), lab.ada)).toEqual({ setFileRule: { project: { fileDays: null } } });
});

test('a removed file says when, by what and how large it was, in the page’s answer and at MLflow’s door; one that is sent again is there', async () => {
  const experiment = await trackedExperiment(api, lab.ada, `${lab.slug}/long-ago`);
  const run = await trackedRun(api, lab.ada, { experiment, status: 'FINISHED' });
  await send(experiment, run, 'weights/last.bin', 'x'.repeat(1_200));
  await send(experiment, run, 'weights.txt', 'old');
  await send(experiment, run, 'lemma/code/changes.diff', 'captured');
  // As the analysis does, which is another process.
  await api.adapters.prisma.$executeRaw`UPDATE experiments SET analysed_version = inputs_version`;
  expect(await api.ok(TRY, { slug: lab.slug, days: 1 }, lab.ada)).toEqual({ project: { fileDays: null, fileRuleTry: { files: 0, bytes: 0 } } });
  await api.ok(SET, { input: { project: lab.slug, days: 30 } }, lab.ada);
  const clock = clockAhead(31 * DAY_MS);
  await removeOldFiles({ ...api.adapters.ports, clock }, new AbortController().signal);

  expect((await listed(run)).map(({ path }) => path)).toEqual(['lemma', 'weights', 'weights.txt']);
  const removed = { path: 'weights/last.bin', isDirectory: false, size: 1_200, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown, url: null, removedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown };
  expect(await listed(run, 'weights')).toEqual([removed]);
  expect(await inMlflow(run)).toEqual(['lemma']);
  const answer = await api.fetch(address(experiment, run, 'weights/last.bin'), { as: lab.ada });
  expect([answer.status, await answer.json()]).toEqual([410, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: expect.stringMatching(/Removed on \d+ [A-Z][a-z]{2} \d{4} by the project’s rule; it was 1\.2 kB\.$/) as unknown }]);
  expect([(await api.fetch(address(experiment, run, 'weights/none.bin'), { as: lab.ada })).status, (await api.fetch(address(experiment, run, 'weights/last.bin'), { as: lab.eve })).status]).toEqual([404, 404]);
  expect(await (await api.fetch(address(experiment, run, 'lemma/code/changes.diff'), { as: lab.ada })).text()).toBe('captured');
  const { project } = await api.ok<{ project: { activity: unknown[] } }>('query($slug: String!) { project(slug: $slug) { activity(first: 50) { action detail } } }', { slug: lab.slug }, lab.ada);
  expect(project.activity).toContainEqual({ action: 'files.removed', detail: { files: 2, bytes: 1_203, days: 30, said: '2 files, 1.2 kB' } });

  await send(experiment, run, 'weights.txt', 'sent again');
  expect((await listed(run)).at(-1)).toMatchObject({ path: 'weights.txt', size: 10, removedAt: null, url: address(experiment, run, 'weights.txt') });
  expect(await (await api.fetch(address(experiment, run, 'weights.txt'), { as: lab.ada })).text()).toBe('sent again');
});
