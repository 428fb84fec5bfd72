import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROLES, type ProjectRole } from '../../domain/access/viewer.ts';
import { TABLE } from '../../server/mlflow/routes.ts';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';

interface Answer { readonly status: number; readonly error_code?: string; readonly message?: string; readonly [more: string]: unknown }
interface Model { readonly name: string; readonly version: string }

/** Who may, at least; and what the request says of a model with one version, aliased "best". */
interface Case { readonly weakest: ProjectRole; readonly fields: (model: Model) => Record<string, string> }
const ofModel = ({ name }: Model) => ({ name });
const ofVersion = ({ name, version }: Model) => ({ name, version });
const also = (fields: (model: Model) => Record<string, string>, more: Record<string, string>) => (model: Model) => ({ ...fields(model), ...more });
const CASES: Readonly<Record<string, Case>> = {
  'GET registered-models/get': { weakest: 'VIEWER', fields: ofModel },
  'GET registered-models/get-latest-versions': { weakest: 'VIEWER', fields: ofModel },
  'POST registered-models/get-latest-versions': { weakest: 'VIEWER', fields: ofModel },
  'GET registered-models/alias': { weakest: 'VIEWER', fields: also(ofModel, { alias: 'best' }) },
  'PATCH registered-models/update': { weakest: 'MEMBER', fields: also(ofModel, { description: 'x' }) },
  'POST registered-models/rename': { weakest: 'MEMBER', fields: ({ name }) => ({ name, new_name: `${name}-renamed` }) },
  'POST registered-models/set-tag': { weakest: 'MEMBER', fields: also(ofModel, { key: 'a', value: 'b' }) },
  'DELETE registered-models/delete-tag': { weakest: 'MEMBER', fields: also(ofModel, { key: 'a' }) },
  'POST registered-models/alias': { weakest: 'MEMBER', fields: also(ofVersion, { alias: 'champion' }) },
  'DELETE registered-models/alias': { weakest: 'MEMBER', fields: also(ofModel, { alias: 'best' }) },
  'DELETE registered-models/delete': { weakest: 'MEMBER', fields: ofModel },
  'GET model-versions/get': { weakest: 'VIEWER', fields: ofVersion },
  'GET model-versions/get-download-uri': { weakest: 'VIEWER', fields: ofVersion },
  'POST model-versions/create': { weakest: 'MEMBER', fields: also(ofModel, { source: 's3://bucket/second' }) },
  'PATCH model-versions/update': { weakest: 'MEMBER', fields: also(ofVersion, { description: 'x' }) },
  'POST model-versions/transition-stage': { weakest: 'MEMBER', fields: also(ofVersion, { stage: 'Production' }) },
  'POST model-versions/set-tag': { weakest: 'MEMBER', fields: also(ofVersion, { key: 'a', value: 'b' }) },
  'DELETE model-versions/delete-tag': { weakest: 'MEMBER', fields: also(ofVersion, { key: 'a' }) },
  'DELETE model-versions/delete': { weakest: 'MEMBER', fields: ofVersion },
};
/** Below, on their own: they name no model, or one that is not there yet. */
const OTHERS = ['POST registered-models/create', 'GET registered-models/search', 'GET model-versions/search'];

interface Caller { readonly role: ProjectRole | 'OUTSIDER' | 'ORGANIZATION_OWNER'; readonly as: TestPerson }
let api: Api;
let callers: readonly Caller[];
let olga: TestPerson;
let run: string;
let count = 0;

async function ask(request: string, fields: Record<string, unknown>, as: As): Promise<Answer> {
  const [method = '', path = ''] = request.split(' ');
  const inQuery = method === 'GET' ? `?${new URLSearchParams(fields as Record<string, string>).toString()}` : '';
  const body = method === 'GET' ? {} : { body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } };
  const response = await api.fetch(`/api/2.0/mlflow/${path}${inQuery}`, { method, ...body, as });
  return { ...(await response.json() as object), status: response.status };
}
const codeOf = ({ status, error_code: code }: Answer): string => (status === 200 ? 'ok' : `${status} ${code}`);
const callerOf = (role: Caller['role']): TestPerson => callers.find((each) => each.role === role)?.as ?? olga;

async function runIn(experiment: string, as: As): Promise<string> {
  const { experiment_id: id } = await ask('POST experiments/create', { name: experiment }, as);
  return ((await ask('POST runs/create', { experiment_id: id }, as))['run'] as { info: { run_id: string } }).info.run_id;
}

async function version(name: string, more: Record<string, string>, as: As): Promise<string> {
  const made = await ask('POST model-versions/create', { name, source: 's3://bucket/model', ...more }, as);
  expect(made, JSON.stringify(made)).toMatchObject({ status: 200 });
  return (made['model_version'] as { version: string }).version;
}

/** A model whose version comes from the run, or from no run. */
async function model(runId: string | null, as: As): Promise<Model> {
  const name = `model-${(count += 1)}`;
  expect(await ask('POST registered-models/create', { name, description: 'of the lab' }, as)).toMatchObject({ status: 200 });
  const made = await version(name, runId === null ? {} : { run_id: runId }, as);
  expect(await ask('POST registered-models/alias', { name, version: made, alias: 'best' }, as)).toMatchObject({ status: 200 });
  return { name, version: made };
}

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  olga = await api.signUp('Olga');
  for (const slug of ['lab', 'vault']) await api.ok(`mutation { createProject(input: { slug: "${slug}", name: "x", restricted: true }) { project { id } } }`, {}, olga);
  const members: Caller[] = [];
  for (const role of PROJECT_ROLES) {
    const as = await api.signUp(`Person ${role}`);
    await api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { role } } }', { input: { project: 'lab', email: as.email, role } }, olga);
    members.push({ role, as });
  }
  callers = [{ role: 'OUTSIDER', as: await api.signUp('Outi') }, ...members, { role: 'ORGANIZATION_OWNER', as: olga }];
  run = await runIn('lab/first', olga);
}, 120_000);
afterAll(() => api?.stop());

it('the table has a row for every request of the registry', () => {
  const served = TABLE.filter(([, path]) => /^mlflow\/(registered-models|model-versions)\//.test(path)).flatMap(([methods, path]) => methods.split(' ').map((method) => `${method} ${path.replace('mlflow/', '')}`));
  expect(served.toSorted()).toEqual([...Object.keys(CASES), ...OTHERS].toSorted());
});

describe.each(Object.entries(CASES))('%s', (request, { weakest, fields }) => {
  it(`is for a ${weakest.toLowerCase()} of the model's home and stronger; for outsiders there is no such model`, async () => {
    const answers: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    /** What an outsider is told of a model that is hidden, and of one that never was. */
    const words: (string | undefined)[] = [];
    /** The version after each request that was refused. */
    const left: unknown[] = [];
    for (const { role, as } of callers) {
      const made = await model(run, olga);
      const answer = await ask(request, fields(made), as);
      answers[role] = codeOf(answer);
      const may = role === 'ORGANIZATION_OWNER' || (role !== 'OUTSIDER' && PROJECT_ROLES.indexOf(role) >= PROJECT_ROLES.indexOf(weakest));
      wanted[role] = may ? 'ok' : role === 'OUTSIDER' ? '404 RESOURCE_DOES_NOT_EXIST' : '403 PERMISSION_DENIED';
      if (role === 'OUTSIDER') words.push(answer.message?.replaceAll(made.name, 'never'), (await ask(request, fields({ ...made, name: 'never' }), as)).message);
      if (!may) left.push((await ask('GET model-versions/get', { ...made }, olga))['model_version']);
    }
    expect(answers).toEqual(wanted);
    expect(words[0]).toBe(words[1]);
    expect(left).toEqual(left.map(() => expect.objectContaining({ aliases: ['best'], current_stage: 'None', description: '' }) as unknown));
  });

  it('is for its maker and the owners of the organization while the model has no home', async () => {
    const maker = callerOf('VIEWER');
    for (const [as, expected] of [[maker, 'ok'], [olga, 'ok'], [callerOf('OWNER'), '404 RESOURCE_DOES_NOT_EXIST'], [callerOf('OUTSIDER'), '404 RESOURCE_DOES_NOT_EXIST']] as const) {
      expect(codeOf(await ask(request, fields(await model(null, maker)), as)), as.name).toBe(expected);
    }
  });
});

it('a search finds the models and versions one may see, however it is asked', async () => {
  const inLab = await model(run, olga);
  const homeless = await model(null, callerOf('OUTSIDER'));
  const found = async (as: As): Promise<string[]> => {
    const names: string[] = [];
    for (const request of ['GET registered-models/search', 'GET model-versions/search']) {
      for (const filter of ['', `name = '${inLab.name}'`, ...(request.includes('versions') ? [`run_id = '${run}'`, "source_path = 's3://bucket/model'"] : [])]) {
        const answer = await ask(request, { filter, max_results: '1000' }, as);
        names.push(...((answer['registered_models'] ?? answer['model_versions'] ?? []) as { name: string }[]).map(({ name }) => name));
      }
    }
    return [inLab.name, homeless.name].filter((name) => names.includes(name));
  };
  expect(await found(callerOf('OUTSIDER'))).toEqual([homeless.name]);
  expect(await found(callerOf('VIEWER'))).toEqual([inLab.name]);
  expect(await found(olga)).toEqual([inLab.name, homeless.name]);
});

it('a name that is taken by a model one may not see is taken, and no version can be put there', async () => {
  const outsider = callerOf('OUTSIDER');
  const { name } = await model(run, olga);
  const own = await model(null, outsider);
  expect(codeOf(await ask('POST registered-models/create', { name }, outsider))).toBe('400 RESOURCE_ALREADY_EXISTS');
  expect(codeOf(await ask('POST registered-models/rename', { name: own.name, new_name: name }, outsider))).toBe('400 RESOURCE_ALREADY_EXISTS');
  expect(codeOf(await ask('POST model-versions/create', { name, source: 's3://bucket/mine' }, outsider))).toBe('404 RESOURCE_DOES_NOT_EXIST');
});

describe('a model without a home', () => {
  it('comes home with the first version from a run, and is then its project\'s', async () => {
    const maker = callerOf('MEMBER');
    const { name } = await model(null, maker);
    expect(codeOf(await ask('GET registered-models/get', { name }, callerOf('VIEWER')))).toBe('404 RESOURCE_DOES_NOT_EXIST');
    await version(name, { run_id: run }, maker);
    expect(codeOf(await ask('GET registered-models/get', { name }, callerOf('VIEWER')))).toBe('ok');
  });

  it('comes to no project where its maker may only look, or may not even look', async () => {
    const viewer = callerOf('VIEWER');
    const { name } = await model(null, viewer);
    expect(codeOf(await ask('POST model-versions/create', { name, source: `runs:/${run}/model`, run_id: run }, viewer))).toBe('403 PERMISSION_DENIED');
    const outsider = callerOf('OUTSIDER');
    const theirs = await model(null, outsider);
    expect(codeOf(await ask('POST model-versions/create', { name: theirs.name, source: 's3://bucket/x', run_id: run }, outsider))).toBe('400 INVALID_PARAMETER_VALUE');
    expect(codeOf(await ask('GET registered-models/get', { name }, callerOf('OWNER')))).toBe('404 RESOURCE_DOES_NOT_EXIST');
  });
});

describe('a version from a run of a project that the viewer may not see', () => {
  it('does not exist for them: not by number, alias, stage, tag or search, and a copy of it neither', async () => {
    const member = callerOf('MEMBER');
    const hiddenRun = await runIn(`vault/n${(count += 1)}`, olga);
    const { name } = await model(run, olga);
    const hidden = await version(name, { run_id: hiddenRun, source: 's3://vault/weights' }, olga);
    await ask('POST registered-models/alias', { name, version: hidden, alias: 'secret' }, olga);
    await ask('POST model-versions/transition-stage', { name, version: hidden, stage: 'Production' }, olga);
    for (const [request, { fields }] of Object.entries(CASES).filter(([each]) => each.includes('model-versions') && each !== 'POST model-versions/create')) {
      expect(codeOf(await ask(request, fields({ name, version: hidden }), member)), request).toBe('404 RESOURCE_DOES_NOT_EXIST');
    }
    expect(codeOf(await ask('POST registered-models/alias', { name, version: hidden, alias: 'mine' }, member))).toBe('404 RESOURCE_DOES_NOT_EXIST');
    expect((await ask('GET registered-models/alias', { name, alias: 'secret' }, member)).message).toBe('Registered model alias secret not found.');
    const copy = await model(null, member);
    expect(codeOf(await ask('POST model-versions/create', { name: copy.name, source: `models:/${name}/${hidden}` }, member))).toBe('400 INVALID_PARAMETER_VALUE');
    const copied = await version(name, { source: `models:/${name}/${hidden}` }, olga);
    const seen = await Promise.all([ask('GET registered-models/get', { name }, member), ask('GET registered-models/get-latest-versions', { name }, member), ask('GET registered-models/search', { filter: `name = '${name}'` }, member),
      ask('GET model-versions/search', { filter: `name = '${name}'` }, member), ask('GET model-versions/search', { filter: `run_id = '${hiddenRun}'` }, member)]);
    expect(JSON.stringify(seen)).toContain(name);
    expect(JSON.stringify(seen)).not.toMatch(new RegExp(`vault|secret|${hiddenRun}|"version":"(${hidden}|${copied})"`));
    expect((await ask('GET model-versions/get', { name, version: copied }, olga))['model_version']).toMatchObject({ run_id: hiddenRun });
  });

  it('needs the role member in the model\'s home, and in the run\'s project only the right to look', async () => {
    const [member, viewer] = [callerOf('MEMBER'), callerOf('VIEWER')];
    await api.ok('mutation { createProject(input: { slug: "shown", name: "x" }) { project { id } } }', {}, olga);
    const shownRun = await runIn('shown/first', olga);
    const { name } = await model(run, olga);
    await version(name, { run_id: shownRun }, member);
    expect(codeOf(await ask('POST model-versions/create', { name, source: 's3://bucket/x', run_id: shownRun }, viewer))).toBe('403 PERMISSION_DENIED');
    expect(codeOf(await ask('POST model-versions/create', { name, source: 's3://bucket/x', run_id: await runIn(`vault/n${(count += 1)}`, olga) }, member))).toBe('400 INVALID_PARAMETER_VALUE');
  });
});

it('a model stays at home when the experiment it came from moves away, and its version follows the run', async () => {
  const moved = await runIn('lab/leaves', olga);
  const { name, version: number } = await model(moved, olga);
  const { number: inProject, project } = await api.adapters.prisma.experiment.findFirstOrThrow({ where: { name: 'leaves' }, include: { project: true } });
  await api.ok('mutation($input: MoveExperimentInput!) { moveExperiment(input: $input) { experiment { id } } }', { input: { experiment: `${project.key}-${inProject}`, project: 'vault' } }, olga);
  expect(codeOf(await ask('GET registered-models/get', { name }, callerOf('VIEWER')))).toBe('ok');
  expect(codeOf(await ask('GET model-versions/get', { name, version: number }, callerOf('OWNER')))).toBe('404 RESOURCE_DOES_NOT_EXIST');
});
