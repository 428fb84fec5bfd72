import { createClient, type Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';

let api: Api;
let olga: TestPerson;
let ivan: TestPerson;

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  olga = await api.signUp('Olga');
  ivan = await api.signUp('Ivan');
  await api.ok('mutation { createProject(input: { slug: "lab", name: "Lab", restricted: true }) { project { id } } }', {}, olga);
});
afterAll(() => api.stop());

const WATCH = 'subscription { projectUpdated(slug: "lab") { name } }';
interface Watched { readonly projectUpdated: { readonly name: string } }

const rename = (name: string) => api.ok('mutation($name: String!) { updateProject(input: { project: "lab", name: $name }) { project { id } } }', { name }, olga);
const member = (verb: 'addMember' | 'removeMember') => api.ok(`mutation { ${verb}(input: { project: "lab", email: "ivan@example.org"${verb === 'addMember' ? ', role: MEMBER' : ''} }) { __typename } }`, {}, olga);

interface Outcome { readonly data: readonly Watched[]; readonly reasons: readonly string[]; readonly closed: number | null; readonly ended: boolean }

/** Subscribes and keeps what comes, with how it ended. */
function watch(as: As, query = WATCH, client: Client = api.socket(as)): { readonly seen: Outcome; stop(): void | Promise<void> } {
  const seen = { data: [] as Watched[], reasons: [] as string[], closed: null as number | null, ended: false };
  client.on('closed', (event) => { seen.closed = (event as { code: number }).code; });
  const note = (errors: readonly { readonly extensions?: Record<string, unknown> }[]): void => { for (const { extensions } of errors) seen.reasons.push(String(extensions?.['reason'])); };
  client.subscribe<Watched>({ query }, {
    next: ({ data, errors }) => { if (data) seen.data.push(data); if (errors) note(errors); },
    error: (error) => { if (Array.isArray(error)) note(error as never); seen.ended = true; },
    complete: () => { seen.ended = true; },
  });
  return { seen, stop: () => client.dispose() };
}

/** A client whose only credential is what connection_init says. */
const initiating = ({ url }: Api, connectionParams: Record<string, unknown>): Client => createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams });

describe('a subscription', () => {
  it('says the state of now, then every change', async () => {
    await rename('Lab');
    const { seen, stop } = watch(olga);
    // News from before the subscription may still be on its way, and says the same again.
    await expect.poll(() => seen.data.at(-1)?.projectUpdated.name).toBe('Lab');
    await rename('Lab two');
    await expect.poll(() => seen.data.at(-1)?.projectUpdated.name).toBe('Lab two');
    await stop();
  });

  it('is refused to those who may not see the thing', async () => {
    const { seen, stop } = watch(ivan);
    await expect.poll(() => seen.reasons).toEqual(['project/unknown']);
    await stop();
  });

  it('ends for who loses the right while listening', async () => {
    await member('addMember');
    const { seen, stop } = watch(ivan);
    await expect.poll(() => seen.data.length).toBeGreaterThan(0);
    await member('removeMember');
    await rename('Not for Ivan');
    await expect.poll(() => seen.ended).toBe(true);
    await rename('Nor this');
    expect(seen.reasons).toEqual(['project/unknown']);
    expect(JSON.stringify(seen.data)).not.toContain('Not for Ivan');
    await stop();
  });

  it.each([
    ['authorization', (authorization: string) => ({ authorization })],
    ['Authorization', (authorization: string) => ({ Authorization: authorization })],
    ['headers', (authorization: string) => ({ headers: { Authorization: authorization } })],
  ])('takes its credential from connectionParams too, where a browser can send no header: %s', async (_, params) => {
    const { seen, stop } = watch(null, WATCH, initiating(api, params(`Bearer ${await api.token(olga)}`)));
    await expect.poll(() => seen.data.length).toBeGreaterThan(0);
    await stop();
  });

  it.each([['{ nope }', 'query/invalid'], ['{', 'query/syntax'], ['subscription($slug: String!) { projectUpdated(slug: $slug) { name } }', 'query/variables'], ['subscription { projectUpdated(slug: "a\\u0000b") { name } }', 'text/nul']])('of %s is refused in words', async (query, reason) => {
    const { seen, stop } = watch(olga, query);
    await expect.poll(() => seen.reasons).toEqual([reason]);
    await stop();
  });
});

describe('a socket', () => {
  it.each([['nobody', null], ['a token that does not hold', { authorization: 'Bearer nothing' }]])('of %s is closed as unauthorized', async (_, as) => {
    const { seen, stop } = watch(as);
    await expect.poll(() => seen.closed).toBe(4401);
    await stop();
  });

  const SANDBOX = 'subscription { projectUpdated(slug: "sandbox") { name } }';
  it.each<[string, (leaving: TestPerson) => Promise<{ readonly as: As; readonly end: () => Promise<unknown> }>]>([
    ['its token is revoked', async (leaving) => {
      const { createToken } = await api.ok<{ createToken: { secret: string; token: { id: string } } }>('mutation { createToken(input: { name: "x" }) { secret token { id } } }', {}, leaving);
      return { as: { authorization: `Bearer ${createToken.secret}` }, end: () => api.ok('mutation($token: ID!) { revokeToken(input: { token: $token }) { token { id } } }', { token: createToken.token.id }, leaving) };
    }],
    ['its person signs out', (leaving) => Promise.resolve({ as: leaving, end: () => api.fetch('/api/auth/sign-out', { method: 'POST', as: leaving, headers: { 'content-type': 'application/json', origin: api.url }, body: '{}' }) })],
    ['its person is disabled', async (leaving) => {
      const { id } = await api.adapters.prisma.person.findUniqueOrThrow({ where: { email: leaving.email } });
      await api.adapters.prisma.person.update({ where: { email: olga.email }, data: { organizationRole: 'OWNER' } });
      return { as: leaving, end: () => api.ok('mutation($id: ID!) { disablePerson(input: { person: $id }) { person { id } } }', { id }, olga) };
    }],
  ])('is closed within a second when %s, though nothing happens', async (_, leave) => {
    const { as, end } = await leave(await api.signUp(`Leaving ${Math.random()}`));
    const { seen, stop } = watch(as, SANDBOX);
    await expect.poll(() => seen.data.length).toBeGreaterThan(0);
    await end();
    // What runs out by the clock is found within five seconds: this is told.
    await expect.poll(() => seen.closed, { timeout: 1_500 }).toBe(4401);
    await stop();
  });
});

describe('in local mode, where who presents nothing is the owner', () => {
  let local: Api;
  beforeAll(async () => { local = await startApi(); });
  afterAll(() => local.stop());
  const SANDBOX = 'subscription { projectUpdated(slug: "sandbox") { name } }';

  it('connection_init without a credential is the owner', async () => {
    const { seen, stop } = watch(null, SANDBOX, initiating(local, { theme: 'dark' }));
    await expect.poll(() => seen.data.length).toBeGreaterThan(0);
    await stop();
  });

  it.each([
    [{ authorization: 'Bearer bad' }], [{ Authorization: 'Bearer bad' }], [{ headers: { authorization: 'Bearer bad' } }], [{ headers: { Authorization: 'Bearer bad' } }],
    [{ authorization: 7 }], [{ authorization: null }], [{ Authorization: { token: 'bad' } }], [{ authorization: '', Authorization: 'Bearer bad' }],
  ])('connection_init with a credential that does not hold is closed as unauthorized: %j', async (params) => {
    const { seen, stop } = watch(null, SANDBOX, initiating(local, params));
    await expect.poll(() => seen.closed).toBe(4401);
    expect(seen.data).toEqual([]);
    await stop();
  });
});
