import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROLES, type ProjectRole } from '../../domain/access/viewer.ts';
import { TABLE } from '../../server/mlflow/routes.ts';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';

interface Case { readonly weakest: ProjectRole; readonly body?: Record<string, unknown>; readonly query?: string; readonly text?: string }
/** Every request that names a logged model, and the artifact doors. {model} and {address} stand for the model and for a file of it. */
const CASES: Readonly<Record<string, Case>> = {
  'GET mlflow/logged-models/{model_id}': { weakest: 'VIEWER' },
  'PATCH mlflow/logged-models/{model_id}': { weakest: 'MEMBER', body: { status: 'LOGGED_MODEL_READY' } },
  'DELETE mlflow/logged-models/{model_id}': { weakest: 'MEMBER' },
  'POST mlflow/logged-models/{model_id}/params': { weakest: 'MEMBER', body: { params: [{ key: 'a', value: '1' }] } },
  'PATCH mlflow/logged-models/{model_id}/tags': { weakest: 'MEMBER', body: { tags: [{ key: 'a', value: '1' }] } },
  'DELETE mlflow/logged-models/{model_id}/tags/{tag_key…}': { weakest: 'MEMBER' },
  'GET mlflow/logged-models/{model_id}/artifacts/directories': { weakest: 'VIEWER' },
  'GET mlflow/logged-models/{model_id}/artifacts/files': { weakest: 'VIEWER', query: 'artifact_file_path=MLmodel' },
  'GET mlflow-artifacts/artifacts': { weakest: 'VIEWER', query: 'path={folder}' },
  'GET mlflow-artifacts/artifacts/{address…}': { weakest: 'VIEWER' },
  'HEAD mlflow-artifacts/artifacts/{address…}': { weakest: 'VIEWER' },
  'PUT mlflow-artifacts/artifacts/{address…}': { weakest: 'MEMBER', text: 'new' },
  'DELETE mlflow-artifacts/artifacts/{address…}': { weakest: 'MEMBER' },
};

interface Caller { readonly role: ProjectRole | 'OUTSIDER' | 'ORGANIZATION_OWNER'; readonly as: TestPerson }
let api: Api;
let callers: readonly Caller[];
let olga: TestPerson;
let lab: string;

async function send(method: string, path: string, { body, text, as }: { readonly body?: object; readonly text?: string; readonly as: As }): Promise<Response> {
  const content = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : text === undefined ? {} : { body: text };
  return api.fetch(`/api/2.0/${path}`, { method, ...content, as });
}
async function post<Answer>(path: string, body: object, as: As = olga): Promise<Answer> {
  const response = await send('POST', `mlflow/${path}`, { body, as });
  expect(response.status, path).toBe(200);
  return await response.json() as Answer;
}
const experiment = async (name: string): Promise<string> => (await post<{ experiment_id: string }>('experiments/create', { name })).experiment_id;
const run = async (inExperiment: string, tags: object[] = []): Promise<string> => (await post<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: inExperiment, tags })).run.info.run_id;
const model = async (inExperiment: string, more: object = {}): Promise<string> =>
  (await post<{ model: { info: { model_id: string } } }>('logged-models', { experiment_id: inExperiment, tags: [{ key: 'k', value: 'v' }], ...more })).model.info.model_id;
const keyOf = async (mlflowId: string): Promise<string> => {
  const { number, project } = await api.adapters.prisma.experiment.findFirstOrThrow({ where: { mlflowId: Number(mlflowId) }, include: { project: true } });
  return `${project.key}-${number}`;
};
const callerOf = (role: Caller['role']): TestPerson => callers.find((each) => each.role === role)?.as ?? olga;

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  olga = await api.signUp('Olga');
  await api.ok('mutation { createProject(input: { slug: "lab", name: "x", restricted: true }) { project { id } } }', {}, olga);
  await api.ok('mutation { createProject(input: { slug: "shown", name: "x" }) { project { id } } }', {}, olga);
  const members: Caller[] = [];
  for (const role of PROJECT_ROLES) {
    const as = await api.signUp(`Person ${role}`);
    await api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { role } } }', { input: { project: 'lab', email: as.email, role } }, olga);
    members.push({ role, as });
  }
  callers = [{ role: 'OUTSIDER', as: await api.signUp('Outi') }, ...members, { role: 'ORGANIZATION_OWNER', as: olga }];
  lab = await experiment('lab/first');
}, 120_000);
afterAll(() => api?.stop());

it('the table has a row for every request that names a logged model or a file', () => {
  const served = TABLE.filter(([, path]) => /^mlflow\/logged-models\/\{|^mlflow-artifacts\/artifacts/.test(path)).flatMap(([methods, path]) => methods.split(' ').map((method) => `${method} ${path}`));
  expect(served.toSorted()).toEqual(Object.keys(CASES).toSorted());
});

describe.each(Object.entries(CASES))('%s', (request, { weakest, body, query = '', text }) => {
  it(`is for a ${weakest.toLowerCase()} of the project and stronger; for outsiders there is no such model`, async () => {
    const answers: Record<string, number> = {};
    const wanted: Record<string, number> = {};
    /** What the file holds after a request that was refused. */
    const left = new Set<string>();
    for (const { role, as } of callers) {
      const id = await model(lab);
      const folder = `${lab}/models/${id}/artifacts`;
      expect((await send('PUT', `mlflow-artifacts/artifacts/${folder}/MLmodel`, { text: 'kept', as: olga })).status).toBe(200);
      const [method = '', pattern = ''] = request.split(' ');
      const path = pattern.replace('{model_id}', id).replace('{tag_key…}', 'k').replace('{address…}', `${folder}/MLmodel`);
      answers[role] = (await send(method, `${path}?${query.replace('{folder}', folder)}`, { ...(body ? { body } : {}), ...(text === undefined ? {} : { text }), as })).status;
      const may = role === 'ORGANIZATION_OWNER' || (role !== 'OUTSIDER' && PROJECT_ROLES.indexOf(role) >= PROJECT_ROLES.indexOf(weakest));
      wanted[role] = may ? 200 : role === 'OUTSIDER' ? 404 : 403;
      if (!may) left.add(await (await send('GET', `mlflow-artifacts/artifacts/${folder}/MLmodel`, { as: olga })).text());
    }
    expect(answers).toEqual(wanted);
    expect([...left]).toEqual(['kept']);
  });
});

it('a search finds no logged models of experiments one may not see', async () => {
  const id = await model(lab);
  const found = async (as: As): Promise<boolean> => JSON.stringify(await post('logged-models/search', { experiment_ids: [lab], max_results: 1000 }, as)).includes(id);
  expect([await found(callerOf('OUTSIDER')), await found(callerOf('VIEWER')), await found(olga)]).toEqual([false, true, true]);
});

describe('a logged model of a restricted project that names a run of another as its source', () => {
  it('is not shown with that run to those who may not see the model', async () => {
    const source = await run(await experiment('shown/source'));
    const id = await model(lab, { source_run_id: source });
    const shown = async (as: As): Promise<string> => JSON.stringify(await api.ok('query($id: ID!) { run(id: $id) { loggedModels { id } } }', { id: source }, as));
    expect(await shown(callerOf('OUTSIDER'))).toBe('{"run":{"loggedModels":[]}}');
    expect(await shown(callerOf('VIEWER'))).toContain(id);
  });

  it('is not named among what a run read and made to those who may not see the model', async () => {
    const reader = await run(await experiment('shown/reader'));
    const id = await model(lab);
    await post('runs/outputs', { run_id: reader, models: [{ model_id: id, step: 1 }] });
    await post('runs/log-inputs', { run_id: reader, models: [{ model_id: id }] });
    const told = async (as: As): Promise<string> => (await send('GET', `mlflow/runs/get?run_id=${reader}`, { as })).text();
    expect(await told(callerOf('OUTSIDER'))).not.toContain(id);
    expect((await told(callerOf('VIEWER'))).split(id)).toHaveLength(3);
  });

  it('stays where it is when that run is moved, as does a run that names it as its parent', async () => {
    const here = await experiment('shown/here');
    const source = await run(here);
    const [inLab, besides] = [await model(lab, { source_run_id: source }), await model(here, { source_run_id: source })];
    const [childInLab, childBesides] = [await run(lab, [{ key: 'mlflow.parentRunId', value: source }]), await run(here, [{ key: 'mlflow.parentRunId', value: source }])];
    const there = await experiment('shown/there');
    await api.ok('mutation($input: MoveRunInput!) { moveRun(input: $input) { run { id } } }', { input: { run: source, experiment: await keyOf(there) } }, olga);
    const { prisma } = api.adapters;
    const placeOf = async (id: string): Promise<string> => String((id.startsWith('m-') ? await prisma.loggedModel.findUniqueOrThrow({ where: { id }, include: { experiment: true } }) : await prisma.run.findUniqueOrThrow({ where: { id }, include: { experiment: true } })).experiment.mlflowId);
    expect(await Promise.all([source, inLab, besides, childInLab, childBesides].map(placeOf))).toEqual([there, lab, there, lab, there]);
  });
});
