import { request } from 'node:http';
import { connect } from 'node:net';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../support/api.ts';
import { makeReadOnly } from '../support/read-only.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(() => api.stop());

interface Raw { readonly status: number; readonly body: string; readonly headers: Readonly<Record<string, string | string[] | undefined>> }

/** fetch may not choose its Host and Origin; an attacker's proxy may. */
function raw(path: string, { method = 'GET', headers = {}, body = '' }: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const call = request(api.url + path, { method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => { resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString(), headers: response.headers }); });
    });
    call.on('error', reject).end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const ask = (headers: Record<string, string>): Promise<Raw> => raw('/graphql', { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: '{"query":"{ viewer { id } }"}' });
const reasonOf = ({ body }: Raw): string | undefined => (JSON.parse(body) as { errors?: { extensions: { reason: string } }[] }).errors?.[0]?.extensions.reason;

/** Opens a websocket by hand and answers the first line of what comes back. */
function handshake(headers: Record<string, string>, path = '/graphql'): Promise<string> {
  const { hostname, port, host } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      const all = { Host: host, Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Protocol': 'graphql-transport-ws', ...headers };
      socket.write(`GET ${path} HTTP/1.1\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    });
    socket.on('error', reject).once('data', (data) => { resolve(data.toString().split('\r\n', 1)[0] ?? ''); socket.destroy(); });
  });
}

describe('in local mode', () => {
  it.each([
    ['a Host that is not a loopback name', { host: 'evil.example' }, 'local/host'],
    ["another site's Origin", { origin: 'http://evil.example' }, 'local/origin'],
    ["another port's Origin", { origin: 'http://127.0.0.1:1' }, 'local/origin'],
    ['a sandboxed page', { origin: 'null' }, 'local/origin'],
    ['Forwarded', { forwarded: 'for=1.2.3.4' }, 'local/forwarded'],
    ['X-Forwarded-For', { 'x-forwarded-for': '1.2.3.4' }, 'local/forwarded'],
    ['X-Forwarded-Proto', { 'x-forwarded-proto': 'https' }, 'local/forwarded'],
  ])('%s is refused, in the form of the door', async (_, headers, reason) => {
    const answer = await ask(headers);
    expect(answer.status).toBe(403);
    expect(reasonOf(answer)).toBe(reason);
  });

  it('every door is guarded', async () => {
    for (const path of ['/', '/healthz', '/metrics', '/api/v1/projects', '/api/auth/get-session', '/api/2.0/mlflow/experiments/search', '/version']) {
      expect((await raw(path, { headers: { host: 'rebound.example' } })).status, path).toBe(403);
    }
  });

  it("Lemma's own pages may call, over HTTP and websockets", async () => {
    expect((await ask({ origin: api.url })).status).toBe(200);
    expect(await handshake({ Origin: api.url })).toBe('HTTP/1.1 101 Switching Protocols');
  });

  it('a websocket is guarded as a request is', async () => {
    expect(await handshake({ Origin: 'http://evil.example' })).toBe('HTTP/1.1 403 Forbidden');
    expect(await handshake({ Host: 'evil.example' })).toBe('HTTP/1.1 403 Forbidden');
    expect(await handshake({ 'X-Forwarded-For': '1.2.3.4' })).toBe('HTTP/1.1 403 Forbidden');
    expect(await handshake({}, '/elsewhere')).toBe('HTTP/1.1 404 Not Found');
  });

  it('a browser whose session ended is told to forget it', async () => {
    const answer = await ask({ cookie: 'lemma.session_token=made.up' });
    expect(answer.status).toBe(401);
    expect(String(answer.headers['set-cookie'])).toContain('lemma.session_token=; Path=/; Max-Age=0');
  });
});

describe('a request that is not GraphQL', () => {
  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'query={viewer{id}}', 400, 'http/content-type'],
    ['plain text', { 'content-type': 'text/plain' }, '{"query":"{viewer{id}}"}', 400, 'http/content-type'],
    ['broken JSON', JSON_TYPE, '{"query":', 400, 'http/malformed-json'],
    ['a list', JSON_TYPE, '[{"query":"{viewer{id}}"}]', 400, 'http/not-a-query'],
    ['nothing', JSON_TYPE, '', 400, 'http/malformed-json'],
    ['no query', JSON_TYPE, '{"variables":{}}', 400, 'query/request'],
    ['too much', JSON_TYPE, `{"query":"${'x'.repeat(1_000_001)}"}`, 413, 'http/body-too-large'],
    ['a broken query', JSON_TYPE, '{"query":"{ viewer {"}', 400, 'query/syntax'],
    ['an unknown field', JSON_TYPE, '{"query":"{ viewer { password } }"}', 400, 'query/invalid'],
    ['two operations and no name', JSON_TYPE, '{"query":"query A { viewer { id } } query B { viewer { id } }"}', 400, 'query/operation'],
    ['a variable of another type', JSON_TYPE, '{"query":"query($n: Int) { projects(first: $n) { totalCount } }","variables":{"n":"many"}}', 400, 'query/variables'],
    ['a moment that is none', JSON_TYPE, '{"query":"mutation { createToken(input: { name: \\"x\\", expiresAt: \\"tomorrow\\" }) { secret } }"}', 400, 'scalar/date-time'],
  ])('%s is refused in words', async (...[, headers, body, status, reason]) => {
    const answer = await raw('/graphql', { method: 'POST', headers, body });
    expect([answer.status, reasonOf(answer)]).toEqual([status, reason]);
    expect(answer.body).not.toMatch(/node_modules|\bat .+\.ts/);
  });

  it('GET is not served, so no link can ask', async () => {
    const answer = await raw('/graphql?query={viewer{id}}');
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
  });
});

describe('a query that asks too much', () => {
  const nested = (depth: number): string => (depth === 0 ? 'id' : `project { members { ${nested(depth - 1)} } }`);

  it('is refused when it is too deep', async () => {
    expect(await api.refusal(`{ projects(first: 1) { nodes { members { ${nested(8)} } } } }`)).toBe('query/too-deep');
  });

  it('is refused when it is too costly', async () => {
    expect(await api.refusal('{ projects(first: 200) { nodes { members { project { members { project { slug name members { role } } } } } } } }')).toBe('query/too-costly');
  });

  it('is refused when it is too broad', async () => {
    expect(await api.refusal(`{ ${Array.from({ length: 801 }, (_, index) => `v${index}: viewer { id }`).join(' ')} }`)).toBe('query/too-broad');
  });

  it('is refused when its text alone is too long', async () => {
    expect(await api.refusal(`{ viewer { ${'id '.repeat(10_001)} } }`)).toBe('query/syntax');
  });

  it.each([[201], [-1], [2_000_000]])('is refused when a page holds %i', async (first) => {
    expect(await api.refusal('query($first: Int) { projects(first: $first) { totalCount } }', { first })).toBe('page/size');
  });

  it('may be the introspection every tool sends', async () => {
    const data = await api.ok<{ __schema: { queryType: { name: string } } }>(getIntrospectionQuery());
    expect(data.__schema.queryType.name).toBe('Query');
  });
});

describe('SQL and script', () => {
  const nasty = ["'; DROP TABLE projects; --", '<script>alert(1)</script>', '${7*7}', '" OR 1=1', 'ℌ𝔢𝔩𝔩𝔬 🧪', '%00\u0001'];
  it('are words like others in every field', async () => {
    for (const [index, name] of nasty.entries()) {
      const { createProject } = await api.ok<{ createProject: { project: { name: string; description: string } } }>(
        'mutation($input: CreateProjectInput!) { createProject(input: $input) { project { name description } } }', { input: { slug: `nasty-${index}`, name, description: name } });
      expect(createProject.project).toEqual({ name, description: name });
      expect(await api.ok('query($slug: String!) { project(slug: $slug) { id } }', { slug: name })).toEqual({ project: null });
    }
  });

  it('a NUL, which Postgres cannot hold, is refused and not our failure', async () => {
    expect(await api.refusal('mutation($input: CreateProjectInput!) { createProject(input: $input) { project { id } } }', { input: { slug: 'nul', name: 'a\u0000b' } })).toBe('text/nul');
  });
});

it('a failure of ours is masked, logged once and has a reference', async () => {
  const { prisma } = api.adapters;
  await prisma.$executeRaw`ALTER TABLE tokens RENAME TO tokens_gone`;
  try {
    const { errors, data } = await api.gql('{ viewer { tokens { id } } }');
    const reference = String(errors[0]?.extensions['reference']);
    expect(data).toBeNull();
    expect(errors[0]).toMatchObject({ extensions: { code: 'INTERNAL_SERVER_ERROR', reason: 'server/fault' } });
    expect(JSON.stringify(errors)).not.toMatch(/tokens_gone|prisma|SELECT|does not exist/i);
    expect(api.logged.filter((line) => line['reference'] === reference)).toHaveLength(1);
  } finally {
    await prisma.$executeRaw`ALTER TABLE tokens_gone RENAME TO tokens`;
  }
});

it('a database that refuses to write is said to pass, and what to do; nothing is our failure', async () => {
  const before = api.logged.length;
  const make = () => api.gql('mutation($input: CreateProjectInput!) { createProject(input: $input) { project { slug } } }', { input: { slug: 'patience', name: 'Patience' } });
  const writable = await makeReadOnly(api.databaseUrl);
  // Connections are lost as the setting changes: the first questions may find that out before they reach the mutation, and are answered in the same words.
  await expect.poll(async () => {
    const { data, errors: [refused] } = await make();
    expect(data).toBeNull();
    expect(refused).toMatchObject({ message: expect.stringContaining('send it again in a moment') as string, extensions: { code: 'TEMPORARILY_UNAVAILABLE', reason: 'server/store-unavailable' } });
    return refused?.path;
  }).toEqual(['createProject']);
  await writable();
  await expect.poll(async () => (await make()).data).toEqual({ createProject: { project: { slug: 'patience' } } });
  expect(api.logged.slice(before).filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

it('refusals are nobody\'s failure: nothing is logged', async () => {
  const before = api.logged.length;
  await api.refusal('{ projects(after: "x") { totalCount } }');
  await ask({ host: 'evil.example' });
  expect(api.logged).toHaveLength(before);
});

describe('health', () => {
  it('tells liveness, readiness by part, and metrics', async () => {
    expect(await raw('/healthz')).toMatchObject({ status: 200 });
    expect(JSON.parse((await raw('/readyz')).body)).toEqual({ ready: true, parts: { postgres: 'ready', nats: 'ready', pages: 'ready' } });
    const { body } = await raw('/metrics');
    expect(body).toMatch(/lemma_requests_total\{door="graphql",method="POST",status="200"\} \d+/);
    expect(body).toContain('nodejs_eventloop_lag_seconds');
  });
});
