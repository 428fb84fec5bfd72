import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';

let api: Api;
let owner: TestPerson;
let member: TestPerson;
let experiment: string;
let run: string;
/** In a project that only the owner may see. */
let hiddenRun: string;
let hiddenExperiment: string;

interface Answer { readonly status: number; readonly error_code?: string; readonly message?: string; readonly [more: string]: unknown }

async function ask(method: string, path: string, body: unknown, as: As): Promise<Answer> {
  const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await api.fetch(`/api/2.0/mlflow/${path}`, { method, ...text, as });
  return { ...(await response.json() as object), status: response.status };
}
const post = (path: string, body: unknown, as: As = member): Promise<Answer> => ask('POST', path, body, as);
const get = (path: string, as: As = member): Promise<Answer> => ask('GET', path, undefined, as);
const runOf = (answer: Answer): string => (answer['run'] as { info: { run_id: string } }).info.run_id;
const data = async (id: string): Promise<{ params?: { key: string; value: string }[]; metrics?: { key: string; value: unknown; step: number }[]; tags?: { key: string; value: string }[] }> =>
  ((await get(`runs/get?run_id=${id}`))['run'] as { data: object }).data;

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  owner = await api.signUp('Olga Owner');
  member = await api.signUp('Max Member');
  experiment = String((await post('experiments/create', { name: 'vision/cutmix' }))['experiment_id']);
  run = runOf(await post('runs/create', { experiment_id: experiment, run_name: 'first' }));
  await api.ok('mutation { createProject(input: { slug: "secret", name: "Secret", restricted: true }) { project { id } } }', {}, owner);
  hiddenExperiment = String((await post('experiments/create', { name: 'secret/plan' }, owner))['experiment_id']);
  hiddenRun = runOf(await post('runs/create', { experiment_id: hiddenExperiment }, owner));
});
afterAll(() => api?.stop());

test('who is nobody gets 401 in MLflow\'s form; who asks with a wrong or expired token too', async () => {
  const expired = await api.ok<{ createToken: { secret: string; token: { id: string } } }>('mutation { createToken(input: { name: "old", expiresAt: "2099-01-01T00:00:00Z" }) { secret token { id } } }', {}, member);
  await api.adapters.prisma.token.update({ where: { id: expired.createToken.token.id }, data: { expiresAt: new Date(0) } });
  for (const as of [null, { authorization: 'Bearer nonsense' }, { authorization: `Bearer ${expired.createToken.secret}` }, { authorization: `Basic ${Buffer.from('me:nonsense').toString('base64')}` }]) {
    expect(await get(`runs/get?run_id=${run}`, as)).toMatchObject({ status: 401, error_code: 'UNAUTHENTICATED' });
  }
});

test('a token opens the door as Bearer, and as the password of Basic', async () => {
  const token = await api.token(member);
  for (const authorization of [`Bearer ${token}`, `Basic ${Buffer.from(`anything:${token}`).toString('base64')}`]) expect(await get(`runs/get?run_id=${run}`, { authorization }), authorization.slice(0, 6)).toMatchObject({ status: 200 });
});

test('version, health and server-info need no account', async () => {
  expect(await (await api.fetch('/version')).text()).toMatch(/^\d+\.\d+\.\d+$/);
  expect(await (await api.fetch('/health')).text()).toBe('OK');
  expect((await api.fetch('/api/3.0/mlflow/server-info')).status).toBe(200);
});

test('a member owns the project that its first experiment made, also when the experiment says its hypothesis', async () => {
  const made = await post('experiments/create', { name: 'fresh/idea', tags: [{ key: 'lemma.hypothesis', value: 'It helps' }, { key: 'mlflow.note.content', value: 'why' }] });
  expect(made.status).toBe(200);
  const { project } = await api.ok<{ project: { hypotheses: { nodes: object[] }; viewerRole?: string } }>('{ project(slug: "fresh") { hypotheses { nodes { statement } } } }', {}, member);
  expect(project.hypotheses.nodes).toEqual([{ statement: 'It helps' }]);
});

test('runs of one experiment that all say its hypothesis begin at the same moment, and none is turned away', async () => {
  const { experiment_id: number } = await post('experiments/create', { name: 'fresh/together' });
  const tags = [{ key: 'lemma.hypothesis', value: 'Together helps' }, { key: 'lemma.parent', value: 'FRE-1' }];
  const begun = await Promise.all(Array.from({ length: 12 }, () => post('runs/create', { experiment_id: number, start_time: 1, tags })));
  expect(begun.map(({ status }) => status)).toEqual(begun.map(() => 200));
  const { experiment } = await api.ok<{ experiment: { hypothesis: object; parents: object[] } }>('{ experiment(key: "FRE-2") { hypothesis { statement } parents { key } } }', {}, member);
  expect(experiment).toEqual({ hypothesis: { statement: 'Together helps' }, parents: [{ key: 'FRE-1' }] });
});

test('a tag that names no experiment as parent is refused, and nothing is half-written', async () => {
  expect(await post('experiments/create', { name: 'fresh/child', tags: [{ key: 'lemma.parent', value: 'ZZZ-1' }] })).toMatchObject({ status: 404, error_code: 'RESOURCE_DOES_NOT_EXIST' });
  expect(await get('experiments/get-by-name?experiment_name=fresh%2Fchild')).toMatchObject({ status: 404 });
});

test('what another project hides does not exist: the same words as for what never was', async () => {
  const never = 'e'.repeat(32);
  const cases: readonly ((id: string, number: string) => Promise<Answer>)[] = [
    (id) => get(`runs/get?run_id=${id}`),
    (id) => post('runs/log-batch', { run_id: id, metrics: [{ key: 'a', value: 1, timestamp: 1 }] }),
    (id) => post('runs/log-batch', { run_id: id, params: [{ key: 'a', value: '1' }] }),
    (id) => post('runs/log-metric', { run_id: id, key: 'a', value: 1, timestamp: 1 }),
    (id) => post('runs/update', { run_id: id, status: 'FAILED' }),
    (id) => post('runs/delete', { run_id: id }),
    (id) => post('runs/set-tag', { run_id: id, key: 'a', value: 'b' }),
    (id) => post('runs/log-inputs', { run_id: id, datasets: [] }),
    (id) => get(`metrics/get-history?run_id=${id}&metric_key=a`),
    (id) => get(`artifacts/list?run_id=${id}`),
    (_, number) => get(`experiments/get?experiment_id=${number}`),
    (_, number) => post('runs/create', { experiment_id: number }),
    (_, number) => post('experiments/delete', { experiment_id: number }),
    (_, number) => post('experiments/set-experiment-tag', { experiment_id: number, key: 'a', value: 'b' }),
    (_, number) => post('logged-models', { experiment_id: number }),
  ];
  for (const [index, each] of cases.entries()) {
    const [hidden, absent] = [await each(hiddenRun, hiddenExperiment), await each(never, '987654')];
    expect(hidden, `case ${index}`).toMatchObject({ status: 404, error_code: 'RESOURCE_DOES_NOT_EXIST' });
    expect(hidden.message?.replaceAll(hiddenRun, never).replace(`id=${hiddenExperiment} `, 'id=987654 '), `case ${index}`).toBe(absent.message);
  }
  expect(await post('runs/search', { experiment_ids: [hiddenExperiment] })).toEqual({ status: 200 });
  expect(JSON.stringify(await get('experiments/search?max_results=1000'))).not.toContain('plan');
  expect(await post('experiments/create', { name: 'secret/other' })).toMatchObject({ status: 403, error_code: 'PERMISSION_DENIED' });
});

test('who may only look may not log', async () => {
  const theirs = String((await post('experiments/create', { name: 'owned/x' }, owner))['experiment_id']);
  expect(await get(`experiments/get?experiment_id=${theirs}`)).toMatchObject({ status: 200 });
  expect(await post('runs/create', { experiment_id: theirs })).toMatchObject({ status: 403, error_code: 'PERMISSION_DENIED' });
  const id = runOf(await post('runs/create', { experiment_id: theirs }, owner));
  expect(await post('runs/log-metric', { run_id: id, key: 'a', value: 1, timestamp: 1 })).toMatchObject({ status: 403 });
});

test.each([
  ['malformed JSON', '{"run_id": '],
  ['a list', '[1, 2]'],
  ['a number', '7'],
  ['fields of the wrong type', { run_id: 5 }],
  ['metrics that are no list', { run_id: 'RUN', metrics: { key: 'a' } }],
  ['a metric that is no object', { run_id: 'RUN', metrics: [null] }],
  ['a param that is no object', { run_id: 'RUN', params: ['a'] }],
  ['a NUL character', { run_id: 'RUN', params: [{ key: 'a', value: 'b\0c' }] }],
  ['a step beyond 64 bits', '{"run_id":"RUN","metrics":[{"key":"a","value":1,"timestamp":1,"step":92233720368547758070}]}'],
  ['a timestamp that is a fraction', { run_id: 'RUN', metrics: [{ key: 'a', value: 1, timestamp: 1.5 }] }],
])('a batch of %s is refused in MLflow\'s form, and nothing is logged as our fault', async (_, body) => {
  const text = (typeof body === 'string' ? body : JSON.stringify(body)).replace('RUN', run);
  expect(await post('runs/log-batch', text)).toMatchObject({ status: 400, error_code: 'INVALID_PARAMETER_VALUE', message: expect.not.stringMatching(/ at .*\.ts/) as string });
  expect(api.logged.filter((line) => Number(line['level']) >= 50)).toEqual([]);
});

test('a body without its type, or larger than anything needs, is refused', async () => {
  const untyped = await api.fetch('/api/2.0/mlflow/runs/log-batch', { method: 'POST', body: new TextEncoder().encode('{}'), as: member });
  expect(await untyped.json()).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE', message: 'Bad Request. Content-Type header is missing.' });
  const large = await post('runs/log-batch', JSON.stringify({ run_id: run, tags: [{ key: 'a', value: 'x'.repeat(33 * 1024 * 1024) }] })).catch(() => ({ status: 413 }));
  expect(large.status).toBe(413);
});

test('a batch with one bad entry writes none of the good ones', async () => {
  const id = runOf(await post('runs/create', { experiment_id: experiment }));
  expect(await post('runs/log-batch', { run_id: id, metrics: [{ key: 'good', value: 1, timestamp: 1 }], params: [{ key: 'good', value: '1' }], tags: [{ key: 'bad$', value: '1' }] })).toMatchObject({ status: 400 });
  const { params, metrics } = await data(id);
  expect({ params, metrics }).toEqual({ params: undefined, metrics: undefined });
});

test('SQL and script in every field are kept as they are, and do nothing', async () => {
  const odd = `'"; DROP TABLE runs; -- <script>alert(1)</script> \${x} %s \\u0041 ünïcode 視覚 🎲`;
  const number = String((await post('experiments/create', { name: `vision/${odd}`, tags: [{ key: 'note', value: odd }] }))['experiment_id']);
  const id = runOf(await post('runs/create', { experiment_id: number, run_name: odd, user_id: odd, tags: [{ key: 't', value: odd }] }));
  await post('runs/log-batch', { run_id: id, params: [{ key: 'p', value: odd }] });
  await post('runs/log-inputs', { run_id: id, datasets: [{ dataset: { name: odd, digest: 'd', source_type: odd, source: odd } }] });
  const { run: found } = await get(`runs/get?run_id=${id}`) as unknown as { run: { info: object; data: object; inputs: object } };
  expect(found).toMatchObject({ info: { run_name: odd, user_id: odd }, data: { params: [{ key: 'p', value: odd }] }, inputs: { dataset_inputs: [{ dataset: { name: odd, source: odd } }] } });
  expect((await get(`experiments/get?experiment_id=${number}`))['experiment']).toMatchObject({ name: `vision/${odd}`, tags: [{ key: 'note', value: odd }] });
});

test('Python\'s bare NaN and Infinity, and integers beyond 2^53, are read exactly', async () => {
  const id = runOf(await post('runs/create', { experiment_id: experiment }));
  expect(await post('runs/log-batch', `{"run_id":"${id}","metrics":[{"key":"nan","value":NaN,"timestamp":1},{"key":"inf","value":-Infinity,"timestamp":1},{"key":"step","value":1,"timestamp":1,"step":9007199254740993}],"tags":[{"key":"text","value":"NaN, Infinity"}]}`)).toEqual({ status: 200 });
  const { metrics, tags } = await data(id);
  expect(metrics?.map(({ key, value }) => [key, value]).toSorted()).toEqual([['inf', '-Infinity'], ['nan', 'NaN'], ['step', 1]]);
  expect(tags).toContainEqual({ key: 'text', value: 'NaN, Infinity' });
  expect(await (await api.fetch(`/api/2.0/mlflow/runs/get?run_id=${id}`, { as: member })).text()).toContain('"step":9007199254740993');
});

test('a retried batch changes nothing and announces nothing', async () => {
  const id = runOf(await post('runs/create', { experiment_id: experiment }));
  const batch = { run_id: id, metrics: [{ key: 'a', value: 0.5, timestamp: 7, step: 1 }], params: [{ key: 'p', value: '1' }], tags: [{ key: 't', value: '1' }] };
  await post('runs/log-batch', batch);
  const before = await api.adapters.prisma.run.findUniqueOrThrow({ where: { id } });
  expect(await post('runs/log-batch', batch)).toEqual({ status: 200 });
  expect(await api.adapters.prisma.run.findUniqueOrThrow({ where: { id } })).toEqual(before);
  expect((await get(`metrics/get-history?run_id=${id}&metric_key=a`))['metrics']).toHaveLength(1);
});

test('the analysis is asked for when a run ends, and when it is logged to after that; not while it runs', async () => {
  const id = runOf(await post('runs/create', { experiment_id: experiment }));
  const version = async () => (await api.adapters.prisma.experiment.findFirstOrThrow({ where: { mlflowId: Number(experiment) } })).inputsVersion;
  const log = (step: number) => post('runs/log-metric', { run_id: id, key: 'm', value: 1, timestamp: 1, step });
  const start = await version();
  await log(1);
  await post('runs/log-parameter', { run_id: id, key: 'seed', value: '1' });
  expect(await version()).toBe(start);
  await post('runs/update', { run_id: id, status: 'FINISHED', end_time: 5 });
  expect(await version()).toBe(start + 1);
  await post('runs/update', { run_id: id, status: 'FINISHED', end_time: 5 });
  expect(await version()).toBe(start + 1);
  await log(2);
  expect(await version()).toBe(start + 2);
  await post('runs/delete', { run_id: id });
  expect(await version()).toBe(start + 3);
});

test('thirty concurrent writers of one run lose nothing', async () => {
  const id = runOf(await post('runs/create', { experiment_id: experiment }));
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => post('runs/log-batch', { run_id: id, metrics: [{ key: 'm', value: index, timestamp: index, step: index }], params: [{ key: `p${index}`, value: '1' }], tags: [{ key: 'last', value: String(index) }] })));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect((await data(id)).params).toHaveLength(30);
  expect((await get(`metrics/get-history?run_id=${id}&metric_key=m`))['metrics']).toHaveLength(30);
});

test('experiments made at once under one name: one is made, the others are told', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('experiments/create', { name: 'race/same' })));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ error_code }) => error_code === 'RESOURCE_ALREADY_EXISTS')).toHaveLength(7);
});

/** A request line as it is, which fetch and node:http would tidy up; answers the status and the body. */
function raw(method: string, path: string, cookie: string): Promise<Answer> {
  const { hostname, port, host } = new URL(api.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi`, 'latin1'));
    socket.setEncoding('utf8').on('data', (part: string) => { answer += part; }).on('error', reject)
      .on('close', () => { resolve({ ...(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as object), status: Number(answer.split(' ', 2)[1]) }); });
  });
}

test.each(['GET', 'PUT', 'DELETE'])('no artifact path leaves its run, and %s says so in MLflow\'s form', async (method) => {
  for (const path of [`${experiment}/${run}/artifacts/../../../etc/passwd`, `${experiment}/${run}/artifacts/%2e%2e/%2e%2e/x`, '..%2f..%2fetc%2fpasswd', '%252e%252e/x', '%2e%2e/x', `${experiment}/${run}/artifacts/%2e%2e/%zz`, `${experiment}/${run}/artifacts/a%00b`]) {
    const answer = await raw(method, `/api/2.0/mlflow-artifacts/artifacts/${path}`, member.cookie);
    expect([path, answer]).toEqual([path, { status: 400, error_code: 'INVALID_PARAMETER_VALUE', message: expect.any(String) as string }]);
  }
});

test.each(['GET', 'PUT', 'DELETE'])('what is no HTTP at all is told as much, also in MLflow\'s form: %s', async (method) => {
  for (const path of ['a b', 'a\u00e9', 'a\u0001b']) {
    const answer = await raw(method, `/api/2.0/mlflow-artifacts/artifacts/${experiment}/${run}/artifacts/${path}`, member.cookie);
    expect(answer).toMatchObject({ status: 400, error_code: 'BAD_REQUEST', message: expect.stringContaining('percent-encoded') as string, error: { code: 'BAD_USER_INPUT', reason: 'http/unreadable' } });
  }
});

test('an artifact comes back as an attachment that no browser runs, whole or in part; nobody else reads it', async () => {
  const address = `/api/2.0/mlflow-artifacts/artifacts/${hiddenExperiment}/${hiddenRun}/artifacts/deep/page.html`;
  const page = '<script>alert(1)</script>';
  expect((await api.fetch(address, { method: 'PUT', body: page, as: owner })).status).toBe(200);
  const answer = await api.fetch(address, { as: owner });
  expect(await answer.text()).toBe(page);
  expect(Object.fromEntries(['content-type', 'content-disposition', 'x-content-type-options', 'content-security-policy'].map((name) => [name, answer.headers.get(name)]))).toEqual({
    'content-type': 'text/html; charset=utf-8', 'content-disposition': `attachment; filename="page.html"; filename*=UTF-8''page.html`, 'x-content-type-options': 'nosniff', 'content-security-policy': expect.stringContaining('sandbox') as string,
  });
  const part = await api.fetch(address, { headers: { range: 'bytes=1-6' }, as: owner });
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, 'script', `bytes 1-6/${page.length}`]);
  expect((await api.fetch(address, { headers: { range: 'bytes=99-' }, as: owner })).status).toBe(416);
  for (const method of ['GET', 'DELETE']) expect((await api.fetch(address, { method, as: member })).status, method).toBe(404);
  expect((await api.fetch(address, { method: 'PUT', body: 'mine now', as: member })).status).toBe(404);
  expect((await api.fetch(address, { method: 'DELETE', as: owner })).status).toBe(200);
  expect((await api.fetch(address, { as: owner })).status).toBe(404);
});

test('a player that leaves off in the middle of a file is no failure of ours', async () => {
  const address = `/api/2.0/mlflow-artifacts/artifacts/${hiddenExperiment}/${hiddenRun}/artifacts/film.mp4`;
  expect((await api.fetch(address, { method: 'PUT', body: 'x'.repeat(16_000_000), as: owner })).status).toBe(200);
  const player = (await api.fetch(address, { headers: { range: 'bytes=0-' }, as: owner })).body?.getReader();
  await player?.read();
  await player?.cancel();
  expect((await (await api.fetch(address, { as: owner })).arrayBuffer()).byteLength).toBe(16_000_000);
  expect(api.logged.filter(({ path, msg }) => msg === 'a request failed' && String(path).includes('film.mp4'))).toEqual([]);
});

test('a model version cannot claim files of a run its maker may not log to', async () => {
  await post('registered-models/create', { name: 'claimed' });
  const source = `mlflow-artifacts:/${hiddenExperiment}/${hiddenRun}/artifacts/model`;
  for (const rest of [{ run_id: hiddenRun }, {}, { run_id: run }]) expect(await post('model-versions/create', { name: 'claimed', source, ...rest })).toMatchObject({ status: 400, error_code: 'INVALID_PARAMETER_VALUE' });
  expect(await post('model-versions/create', { name: 'claimed', source: `runs:/${run}/model`, run_id: run })).toMatchObject({ status: 200 });
});

test('what is not there says so in MLflow\'s form', async () => {
  expect(await get('no/such/thing')).toMatchObject({ status: 404, error_code: 'ENDPOINT_NOT_FOUND' });
  expect(await ask('DELETE', 'runs/create', undefined, member)).toMatchObject({ status: 405 });
  expect(await (await api.fetch('/api/3.0/mlflow/traces', { method: 'POST', as: member })).json()).toMatchObject({ error_code: 'ENDPOINT_NOT_FOUND' });
});

test('a run is found by its name until it is deleted', async () => {
  const id = runOf(await post('runs/create', { experiment_id: experiment, run_name: 'findable-needle' }));
  const found = async () => (await api.ok<{ search: { nodes: { __typename: string }[] } }>('{ search(text: "findable-needle") { nodes { __typename } } }', {}, member)).search.nodes.filter((node) => node.__typename === 'Run').length;
  expect(await found()).toBe(1);
  await post('runs/delete', { run_id: id });
  expect(await found()).toBe(0);
});
