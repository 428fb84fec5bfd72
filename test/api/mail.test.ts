import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type Api, type TestPerson } from '../support/api.ts';
import { openPostOffice, type PostOffice } from '../support/post-office.ts';

let office: PostOffice;
let api: Api;
let olga: TestPerson;

beforeAll(async () => {
  office = await openPostOffice();
  api = await startApi({ LEMMA_AUTH: 'required', SMTP_URL: office.url });
  olga = await api.signUp('Olga');
});
afterAll(async () => {
  await api.stop();
  await office.close();
});

const post = (path: string, body: unknown): Promise<Response> => api.fetch(`/api/auth${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

it('a forgotten password is replaced with the link that was mailed, once', async () => {
  expect((await post('/request-password-reset', { email: olga.email })).status).toBe(200);
  await expect.poll(() => office.letters.length).toBe(1);
  expect(office.letters[0]).toMatchObject({ to: olga.email, from: 'lemma@example.org' });
  const token = /reset-password\?token=([\w-]+)/.exec(office.letters[0]?.text ?? '')?.[1];
  expect((await post('/reset-password', { newPassword: 'a new password', token })).status).toBe(200);
  expect((await post('/sign-in/email', { email: olga.email, password: 'a new password' })).status).toBe(200);
  expect((await post('/reset-password', { newPassword: 'yet another', token })).status).toBe(400);
});

it('an invitation is mailed, with the link its maker sees', async () => {
  const signedIn = await post('/sign-in/email', { email: olga.email, password: 'a new password' });
  const as = { ...olga, cookie: signedIn.headers.getSetCookie().map((each) => each.split(';', 1)[0]).join('; ') };
  const { invitePerson } = await api.ok<{ invitePerson: { url: string } }>('mutation { invitePerson(input: { email: "ivan@example.org" }) { url } }', {}, as);
  expect(office.letters.at(-1)).toMatchObject({ to: 'ivan@example.org', text: expect.stringContaining(invitePerson.url) });
});
