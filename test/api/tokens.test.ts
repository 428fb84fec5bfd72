import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api, type TestPerson } from '../support/api.ts';

interface Made { readonly createToken: { readonly secret: string; readonly token: { readonly id: string; readonly hint: string; readonly name: string } } }
interface Who { readonly viewer: { readonly signedIn: boolean; readonly person: { readonly name: string } } }

const CREATE = 'mutation($name: String!, $expiresAt: DateTime) { createToken(input: { name: $name, expiresAt: $expiresAt }) { secret token { id hint name } } }';
const REVOKE = 'mutation($token: ID!) { revokeToken(input: { token: $token }) { token { id revokedAt } } }';
const WHO = '{ viewer { signedIn person { name } } }';

let api: Api;
let olga: TestPerson;
let ivan: TestPerson;

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  olga = await api.signUp('Olga');
  ivan = await api.signUp('Ivan');
});
afterAll(() => api.stop());

const make = async (as: TestPerson, more: Record<string, unknown> = {}): Promise<Made['createToken']> => (await api.ok<Made>(CREATE, { name: 'laptop', ...more }, as)).createToken;
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

describe('an API token', () => {
  it('is shown once, kept only as its digest, and can be told apart by its first characters', async () => {
    const { secret, token } = await make(ivan);
    expect(secret).toMatch(/^lemma_[\w-]{43}$/);
    expect(secret.startsWith(token.hint)).toBe(true);
    const row = await api.adapters.prisma.token.findUniqueOrThrow({ where: { id: token.id } });
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(row.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('acts as its owner: as Bearer, and as the password of Basic whatever the user name', async () => {
    const { secret } = await make(ivan);
    for (const authorization of [`Bearer ${secret}`, `Basic ${Buffer.from(`anybody:${secret}`).toString('base64')}`, `Basic ${Buffer.from(`:${secret}`).toString('base64')}`]) {
      expect((await api.ok<Who>(WHO, {}, { authorization })).viewer).toEqual({ signedIn: true, person: { name: 'Ivan' } });
    }
  });

  it('comes before a cookie that is sent too', async () => {
    const { secret } = await make(ivan);
    const response = await api.fetch('/graphql', { method: 'POST', as: olga, headers: { 'content-type': 'application/json', ...bearer(secret) }, body: JSON.stringify({ query: WHO }) });
    expect(await response.json()).toMatchObject({ data: { viewer: { person: { name: 'Ivan' } } } });
  });

  it('ends when it is revoked, at once and for good', async () => {
    const { secret, token } = await make(ivan);
    await api.ok(WHO, {}, bearer(secret));
    await api.ok(REVOKE, { token: token.id }, ivan);
    expect((await api.gql(WHO, {}, bearer(secret))).status).toBe(401);
    const first = await api.adapters.prisma.token.findUniqueOrThrow({ where: { id: token.id } });
    await api.ok(REVOKE, { token: token.id }, ivan);
    expect((await api.adapters.prisma.token.findUniqueOrThrow({ where: { id: token.id } })).revokedAt).toEqual(first.revokedAt);
  });

  it('ends at its expiry', async () => {
    const { secret, token } = await make(ivan, { expiresAt: '2999-01-01T00:00:00Z' });
    await api.ok(WHO, {}, bearer(secret));
    await api.adapters.prisma.token.update({ where: { id: token.id }, data: { expiresAt: new Date(0) } });
    expect((await api.gql(WHO, {}, bearer(secret))).status).toBe(401);
  });

  it('ends when its owner is disabled, and so do their sessions', async () => {
    const gone = await api.signUp('Gone');
    const { secret } = await make(gone);
    const { id: person } = await api.adapters.prisma.person.findUniqueOrThrow({ where: { email: gone.email } });
    const signIn = () => api.fetch('/api/auth/sign-in/email', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: gone.email, password: gone.password }) });
    expect(await api.ok('mutation($person: ID!) { disablePerson(input: { person: $person }) { person { disabled } } }', { person }, olga)).toEqual({ disablePerson: { person: { disabled: true } } });
    expect((await api.gql(WHO, {}, bearer(secret))).status).toBe(401);
    expect((await api.gql(WHO, {}, gone)).status).toBe(401);
    expect(await (await signIn()).json()).toMatchObject({ code: 'FORBIDDEN', reason: 'person/disabled' });

    expect(await api.ok('mutation($person: ID!) { enablePerson(input: { person: $person }) { person { disabled } } }', { person }, olga)).toEqual({ enablePerson: { person: { disabled: false } } });
    expect((await signIn()).status).toBe(200);
    expect((await api.gql(WHO, {}, bearer(secret))).status).toBe(401);
  });

  it("is nobody else's to end, except an owner's of the organization", async () => {
    const hers = await make(olga);
    expect(await api.refusal(REVOKE, { token: hers.token.id }, ivan)).toBe('token/unknown');
    const his = await make(ivan);
    await api.ok(REVOKE, { token: his.token.id }, olga);
    expect((await api.gql(WHO, {}, bearer(his.secret))).status).toBe(401);
  });

  it.each([['', undefined, 'token/name'], ['x'.repeat(101), undefined, 'token/name'], ['late', '2000-01-01T00:00:00Z', 'token/expiry']])('named %s until %s is refused', async (name, expiresAt, reason) => {
    expect(await api.refusal(CREATE, { name, expiresAt }, ivan)).toBe(reason);
  });

  it('remembers when it was used', async () => {
    const { secret, token } = await make(ivan);
    await api.ok(WHO, {}, bearer(secret));
    await expect.poll(async () => (await api.adapters.prisma.token.findUniqueOrThrow({ where: { id: token.id } })).lastUsedAt).not.toBeNull();
  });

  it('is listed for its owner only', async () => {
    const { viewer } = await api.ok<{ viewer: { tokens: { name: string }[] } }>('{ viewer { tokens { name } } }', {}, await api.signUp('Nora'));
    expect(viewer.tokens).toEqual([]);
  });
});
