import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../support/api.ts';

const WHO = '{ viewer { person { name email } organizationRole signedIn localMode } }';
interface Who { readonly viewer: { readonly person: { readonly name: string; readonly email: string }; readonly organizationRole: string; readonly signedIn: boolean; readonly localMode: boolean } }

const post = (api: Api, path: string, body: unknown, more: { readonly cookie?: string } = {}): Promise<Response> =>
  api.fetch(`/api/auth${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...(more.cookie ? { cookie: more.cookie } : {}) }, body: JSON.stringify(body) });

const cookiesOf = (response: Response): string => response.headers.getSetCookie().map((each) => each.split(';', 1)[0]).join('; ');

describe('in local mode', () => {
  let api: Api;
  beforeAll(async () => { api = await startApi(); });
  afterAll(() => api.stop());

  it('a caller without credentials is the owner', async () => {
    const { viewer } = await api.ok<Who>(WHO);
    expect(viewer).toEqual({ person: { name: 'Owner', email: 'owner@lemma.local' }, organizationRole: 'OWNER', signedIn: false, localMode: true });
  });

  it('whoever signs up is a member, at once and without mail', async () => {
    const ada = await api.signUp('Ada');
    const { viewer } = await api.ok<Who>(WHO, {}, ada);
    expect(viewer).toEqual({ person: { name: 'Ada', email: 'ada@example.org' }, organizationRole: 'MEMBER', signedIn: true, localMode: true });
  });

  it('a caller with a credential that does not hold gets 401 and is nobody', async () => {
    for (const as of [{ authorization: 'Bearer lemma_made-up' }, { authorization: 'Basic bm9ib2R5' }, { authorization: 'Digest x' }]) {
      const answer = await api.gql(WHO, {}, as);
      expect(answer).toMatchObject({ status: 401, data: null, errors: [{ extensions: { code: 'UNAUTHENTICATED', reason: 'access/invalid-credential' } }] });
    }
    const forged = await api.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', cookie: 'lemma.session_token=made.up' }, body: JSON.stringify({ query: WHO }) });
    expect(forged.status).toBe(401);
  });
});

describe('where accounts are required', () => {
  let api: Api;
  beforeAll(async () => { api = await startApi({ LEMMA_AUTH: 'required' }); });
  afterAll(() => api.stop());

  it('the first account is the owner, the second needs an invitation, and one invitation makes one member', async () => {
    expect(await api.gql(WHO)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED', reason: 'access/sign-in-needed' } }] });
    const olga = await api.signUp('Olga');
    expect((await api.ok<Who>(WHO, {}, olga)).viewer).toMatchObject({ organizationRole: 'OWNER', signedIn: true, localMode: false });

    const refused = await post(api, '/sign-up/email', { name: 'Eve', email: 'eve@example.org', password: 'long enough' });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'FORBIDDEN', reason: 'invitation/needed' });

    const { invitePerson } = await api.ok<{ invitePerson: { url: string; invitation: { id: string } } }>('mutation { invitePerson(input: { email: "Ivan@Example.org", project: "sandbox", role: REVIEWER }) { url invitation { id } } }', {}, olga);
    const invitation = new URL(invitePerson.url).pathname.split('/').at(-1);
    const wrong = await post(api, '/sign-up/email', { name: 'Eve', email: 'eve@example.org', password: 'long enough', invitation });
    expect(await wrong.json()).toMatchObject({ reason: 'invitation/other-email' });
    const ivan = await api.signUp('Ivan', { invitation });
    expect((await api.ok<Who>(WHO, {}, ivan)).viewer.organizationRole).toBe('MEMBER');
    const { project } = await api.ok<{ project: { viewerRole: string } }>('{ project(slug: "sandbox") { viewerRole } }', {}, ivan);
    expect(project.viewerRole).toBe('REVIEWER');
    const again = await post(api, '/sign-up/email', { name: 'Ivan', email: 'ivan2@example.org', password: 'long enough', invitation });
    expect(await again.json()).toMatchObject({ reason: 'invitation/used' });
  });

  it('a person signs in with their password, and out', async () => {
    const wrong = await post(api, '/sign-in/email', { email: 'olga@example.org', password: 'not the password' });
    expect(wrong.status).toBe(401);
    const right = await post(api, '/sign-in/email', { email: 'olga@example.org', password: 'the password of Olga' });
    expect(right.status).toBe(200);
    const cookie = cookiesOf(right);
    expect(right.headers.getSetCookie().join()).toMatch(/HttpOnly/i);
    const as = { name: '', email: '', password: '', cookie };
    expect((await api.ok<Who>(WHO, {}, as)).viewer.person.name).toBe('Olga');
    expect((await post(api, '/sign-out', {}, { cookie })).status).toBe(200);
    expect((await api.gql(WHO, {}, as)).status).toBe(401);
  });

  it('a program with a jar of cookies needs no Origin; a page that hides its own, or is another site\'s, is refused', async () => {
    const olga = { email: 'olga@example.org', password: 'the password of Olga' };
    const session = async () => cookiesOf(await post(api, '/sign-in/email', olga));
    const cookie = await session();
    const withJar = (path: string, body: unknown, headers: Record<string, string> = {}) => api.fetch(`/api/auth${path}`, { method: 'POST', headers: { 'content-type': 'application/json', cookie, ...headers }, body: JSON.stringify(body) });
    for (const headers of [{ origin: 'null' }, { origin: 'https://evil.example' }, { referer: 'https://evil.example/page' }, { 'sec-fetch-site': 'cross-site' }] as Record<string, string>[]) {
      for (const [path, body] of [['/sign-in/email', olga], ['/sign-out', {}]] as const) expect([headers, path, (await withJar(path, body, headers)).status]).toEqual([headers, path, 403]);
    }
    expect((await withJar('/sign-in/email', olga)).status).toBe(200);
    expect(await (await withJar('/sign-up/email', { name: 'Eve', email: 'eve@example.org', password: 'long enough' })).json()).toMatchObject({ reason: 'invitation/needed' });
    expect((await withJar('/sign-in/email', olga, { origin: api.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await withJar('/sign-out', {})).status).toBe(200);
    expect((await api.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify({ query: WHO }) })).status).toBe(401);
  });

  it('guessing a password is stopped, also for an account that does not exist', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) statuses.push((await post(api, '/sign-in/email', { email: 'nobody@example.org', password: `guess ${attempt}` })).status);
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  it('an owner makes a link with which a person chooses a new password, and old sessions end', async () => {
    const olga = (await post(api, '/sign-in/email', { email: 'olga@example.org', password: 'the password of Olga' })).headers.getSetCookie().map((each) => each.split(';', 1)[0]).join('; ');
    const owner = { name: '', email: '', password: '', cookie: olga };
    const ivan = { ...owner, cookie: (await post(api, '/sign-in/email', { email: 'ivan@example.org', password: 'the password of Ivan' })).headers.getSetCookie().map((each) => each.split(';', 1)[0]).join('; ') };
    expect(await api.refusal('mutation { resetPassword(input: { email: "olga@example.org" }) { url } }', {}, ivan)).toBe('access/owner-needed');

    const { resetPassword } = await api.ok<{ resetPassword: { url: string } }>('mutation { resetPassword(input: { email: "ivan@example.org" }) { url } }', {}, owner);
    const token = new URL(resetPassword.url).searchParams.get('token');
    expect((await post(api, '/reset-password', { newPassword: 'a new password', token })).status).toBe(200);
    expect((await api.gql(WHO, {}, ivan)).status).toBe(401);
    expect((await post(api, '/sign-in/email', { email: 'ivan@example.org', password: 'the password of Ivan' })).status).toBe(401);
    expect((await post(api, '/sign-in/email', { email: 'ivan@example.org', password: 'a new password' })).status).toBe(200);
    expect((await post(api, '/reset-password', { newPassword: 'another password', token })).status).toBe(400);
  });

  it('asking for a reset tells nobody whether the address has an account', async () => {
    const known = await post(api, '/request-password-reset', { email: 'olga@example.org' });
    const unknown = await post(api, '/request-password-reset', { email: 'stranger@example.org' });
    expect([known.status, unknown.status]).toEqual([200, 200]);
    expect(await known.json()).toEqual(await unknown.json());
  });
});

describe('two people who sign up first at the same moment', () => {
  it('are not both the owner', async () => {
    const api = await startApi({ LEMMA_AUTH: 'required' });
    try {
      const bodies = ['Ann', 'Ben', 'Cyd'].map((name) => ({ name, email: `${name}@example.org`, password: 'long enough' }));
      const statuses = await Promise.all(bodies.map(async (body) => (await post(api, '/sign-up/email', body)).status));
      expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 403, 403]);
    } finally {
      await api.stop();
    }
  });
});
