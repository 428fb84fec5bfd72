import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../support/api.ts';

// What no store of text can keep, names that every JavaScript object knows, and nesting deeper than the stack: refused in each door's own form, and never our fault.

let api: Api;
let run: string;
beforeAll(async () => {
  api = await startApi();
  const made = await post('/api/2.0/mlflow/runs/create', { experiment_id: '0' });
  run = (JSON.parse(made.body) as { run: { info: { run_id: string } } }).run.info.run_id;
});
afterAll(() => api.stop());

interface Answer { readonly status: number; readonly body: string }
async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await api.fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, body: await response.text() };
}
const cursor = (...keys: unknown[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url');

const NUL = 'a\0b';
const HALF = 'a\ud800b';

describe('text that cannot be kept', () => {
  it.each([['NUL', NUL, 'text/nul'], ['half a surrogate pair', HALF, 'text/surrogate']])('%s is refused by every door', async (_, text, reason) => {
    expect(await api.refusal('mutation($name: String!) { createToken(input: { name: $name }) { secret } }', { name: text })).toBe(reason);
    for (const [path, body] of [
      ['/api/v1/projects', { slug: 'kept', name: text }],
      ['/api/auth/sign-up/email', { email: 'a@example.org', password: 'long enough', name: text }],
      ['/api/auth/reset-password', { newPassword: 'long enough', token: text }],
    ] as const) expect(await post(path, body), path).toMatchObject({ status: 400, body: expect.stringContaining(reason) as string });
    const said = await post('/api/2.0/mlflow/registered-models/create', { name: text });
    expect(said).toMatchObject({ status: 400, body: expect.stringContaining('INVALID_PARAMETER_VALUE') as string });
  });

  it.each([String.raw`\u0000`, String.raw`\u{0}`, String.raw`\u{0000}`])('NUL written as %s in the query itself', async (escape) => {
    expect(await api.refusal(`mutation { createProject(input: { slug: "kept", name: "a${escape}b" }) { project { id } } }`)).toBe('text/nul');
  });

  it('an escaped back slash before u0000 is no NUL', async () => {
    const { createProject } = await api.ok<{ createProject: { project: { name: string } } }>(String.raw`mutation { createProject(input: { slug: "escapes", name: "a\\u0000b" }) { project { name } } }`);
    expect(createProject.project.name).toBe(String.raw`a\u0000b`);
  });

  it('in a cursor and in an address', async () => {
    expect(await api.refusal('query($after: String) { projects(after: $after) { nodes { id } } }', { after: cursor('\0') })).toBe('page/cursor');
    for (const path of ['projects/%00', 'runs/%00', 'projects?after=%00']) expect((await api.fetch(`/api/v1/${path}`)).status, path).toBe(400);
  });
});

describe('names that every object knows', () => {
  it.each(['__proto__', 'constructor', 'toString'])('%s is a tag like any other', async (key) => {
    expect(await post('/api/2.0/mlflow/runs/set-tag', { run_id: run, key, value: 'x' })).toMatchObject({ status: 200 });
    expect(await post('/api/2.0/mlflow/experiments/set-experiment-tag', { experiment_id: '0', key, value: 'x' })).toMatchObject({ status: 200 });
    expect(await post('/api/2.0/mlflow/runs/delete-tag', { run_id: run, key })).toMatchObject({ status: 200 });
  });

  it('and a file may be called so', async () => {
    const sent = await api.fetch(`/api/2.0/mlflow-artifacts/artifacts/0/${run}/artifacts/constructor`, { method: 'PUT', body: 'text' });
    expect(sent.status).toBe(200);
  });
});

it('nesting deeper than the stack is refused', async () => {
  const deep = '['.repeat(20_000) + ']'.repeat(20_000);
  // The second is read by the parser that keeps long whole numbers.
  for (const beside of ['1', '1234567890123456789']) {
    const said = await post('/api/2.0/mlflow/runs/log-batch', `{"run_id":"${run}","beside":${beside},"tags":[{"key":"d","value":${deep}}]}`);
    expect(said).toMatchObject({ status: 400, body: expect.stringContaining('nested too deeply') as string });
  }
});

it('a subscription sent as a query is told where to go', async () => {
  expect(await api.refusal('subscription($run: ID!) { metricsLogged(run: $run) { cursor } }', { run })).toBe('query/subscription');
});

it('metrics of an unknown model write nothing', async () => {
  const said = await post('/api/2.0/mlflow/runs/log-batch', { run_id: run, metrics: [{ key: 'half', value: 1, timestamp: 1, step: 0, model_id: 'm-nope' }] });
  expect(said.status).toBe(404);
  const { run: now } = await api.ok<{ run: { metrics: { key: string }[] } }>('query($run: ID!) { run(id: $run) { metrics { key } } }', { run });
  expect(now.metrics).toEqual([]);
});

describe('accounts', () => {
  it.each(['null', '[]', '5', '"text"'])('sign-up with the body %s', async (body) => {
    expect(await post('/api/auth/sign-up/email', body)).toMatchObject({ status: 400, body: expect.stringContaining('http/not-an-object') as string });
  });

  it('sign-up without a body, and as a form', async () => {
    expect(await post('/api/auth/sign-up/email', '')).toMatchObject({ status: 400 });
    expect(await post('/api/auth/sign-up/email', 'email=a', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({ status: 400 });
  });

  it('a name is as at sign-up when it is changed, and nobody brings a picture', async () => {
    const { cookie } = await api.signUp('Nora Name');
    const change = (body: object): Promise<Answer> => post('/api/auth/update-user', body, { cookie, origin: api.url });
    for (const name of ['', 'x'.repeat(101), 5]) expect(await change({ name }), String(name)).toMatchObject({ status: 400, body: expect.stringContaining('person/name') as string });
    expect(await change({ image: 'https://elsewhere.example/pixel' })).toMatchObject({ status: 400, body: expect.stringContaining('person/image') as string });
    expect(await change({ name: 'Nora New' })).toMatchObject({ status: 200 });
  });
});

it('none of this was logged as our fault', () => {
  expect(api.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});
