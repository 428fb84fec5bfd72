import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';

let api: Api;
let olga: TestPerson;
let mona: TestPerson;
let mia: TestPerson;
let eve: TestPerson;
let experiment: number;

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  olga = await api.signUp('Olga');
  [mona, mia, eve] = [await api.signUp('Mona'), await api.signUp('Mia'), await api.signUp('Eve')];
  await api.ok('mutation { createProject(input: { slug: "vision", name: "Vision", restricted: true }) { project { id } } }', {}, olga);
  for (const [person, role] of [[mona, 'MAINTAINER'], [mia, 'MEMBER']] as const) {
    await api.ok('mutation($email: String!, $role: ProjectRole!) { addMember(input: { project: "vision", email: $email, role: $role }) { member { role } } }', { email: person.email, role }, olga);
  }
  experiment = Number((await send('/api/2.0/mlflow/experiments/create', { name: 'vision/cutmix' })).body['experiment_id']);
});
afterAll(() => api.stop());

type Body = Readonly<Record<string, unknown>> & { readonly error?: { readonly reason: string; readonly message: string } };
async function send(path: string, body: object, as: As = mona): Promise<{ readonly status: number; readonly body: Body }> {
  const response = await api.fetch(path, { as, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() as Body };
}
const newId = (at: number): string => at.toString(16).padStart(32, 'b');
const past = (id: string, more: object = {}) => ({
  id, experiment, name: 'first', user: 'olga', status: 'FINISHED', startedAt: '2020-09-13T12:26:40.123Z', endedAt: '2020-09-13T12:31:40.456+00:00', params: { lr: '0.1', seed: '7' }, tags: { 'mlflow.user': 'somebody else', 'mlflow.source.git.commit': 'a'.repeat(40) }, ...more,
});
const bring = (body: object, as?: As) => send('/api/v1/import/runs', body, as);

it('keeps the id, the times, the user and the status of a run, and tells nobody that it ended', async () => {
  const id = newId(1);
  expect(await bring(past(id))).toEqual({ status: 200, body: { outcome: 'created', project: 'vision', experiment: 'VIS-1', url: expect.stringMatching(`/r/${id}$`) as string } });
  expect(await api.adapters.prisma.run.findUniqueOrThrow({ where: { id } })).toMatchObject({
    name: 'first', userName: 'olga', status: 'FINISHED', seed: '7', codeCommit: 'a'.repeat(40), startedAt: new Date('2020-09-13T12:26:40.123Z'), endedAt: new Date('2020-09-13T12:31:40.456Z'),
  });
  expect(await api.adapters.prisma.happening.count()).toBe(0);
  expect(await api.adapters.prisma.auditEvent.count({ where: { action: 'run.imported', subjectId: id } })).toBe(1);
});

it('is one run however often it is sent, takes what is new, and keeps the mark that came last', async () => {
  const id = newId(2);
  await bring(past(id, { status: 'RUNNING', endedAt: null }));
  expect((await bring(past(id, { status: 'RUNNING', endedAt: null }))).body['outcome']).toBe('unchanged');
  expect((await bring(past(id, { params: { wd: '0' }, mark: 'all' }))).body['outcome']).toBe('updated');
  expect((await bring(past(id, { mark: 'all' }))).body['outcome']).toBe('unchanged');
  const run = await api.adapters.prisma.run.findUniqueOrThrow({ where: { id }, include: { params: { orderBy: { key: 'asc' } }, tags: { where: { key: 'lemma.imported' } } } });
  expect(run.params.map(({ key, value }) => [key, value])).toEqual([['lr', '0.1'], ['seed', '7'], ['wd', '0']]);
  expect([run.status, run.tags.map(({ value }) => value)]).toEqual(['FINISHED', ['all']]);
  expect((await bring(past(id, { params: { lr: '0.2' } }))).body.error?.reason).toBe('run/param-changed');
});

it('is for maintainers, and nobody else learns what is there', async () => {
  await bring(past(newId(3)));
  expect((await bring(past(newId(4)), mia)).body.error?.reason).toBe('access/role-too-weak');
  expect((await bring(past(newId(3)), eve)).body.error).toMatchObject({ reason: 'experiment/unknown' });
  await api.ok('mutation { createProject(input: { slug: "own", name: "Own" }) { project { id } } }', {}, eve);
  const own = Number((await send('/api/2.0/mlflow/experiments/create', { name: 'own/x' }, eve)).body['experiment_id']);
  expect((await bring(past(newId(3), { experiment: own }), eve)).body.error?.reason).toBe('run/unknown');
});

it('never changes a run that was logged here, nor one that was deleted here', async () => {
  const made = await send('/api/2.0/mlflow/runs/create', { experiment_id: String(experiment) });
  const { run } = made.body as unknown as { run: { info: { run_id: string } } };
  expect((await bring(past(run.info.run_id))).body.error?.reason).toBe('run/not-imported');
  await bring(past(newId(5)));
  await send('/api/2.0/mlflow/runs/delete', { run_id: newId(5) });
  expect((await bring(past(newId(5), { mark: 'new' }))).body.error?.reason).toBe('run/deleted');
});

it.each([['an id that is none', { id: 'x' }], ['a status that is none', { status: 'DONE' }], ['a time that is none', { startedAt: 'yesterday' }], ['a field that it does not know', { colour: 'red' }], ['a name that is none', { params: { 'a/../b': '1' } }]])('refuses %s', async (_, more) => {
  expect((await bring(past(newId(6), more))).status).toBe(400);
});
