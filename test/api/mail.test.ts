import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type Api, type TestPerson } from '../support/api.ts';

/** As much of SMTP (RFC 5321) as a client needs to hand a letter over. */
function postOffice(letters: string[]): Server {
  return createServer((socket) => {
    let letter: string | null = null;
    const say = (line: string): void => { socket.write(`${line}\r\n`); };
    say('220 test');
    socket.on('error', () => {});
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n')) {
        if (letter !== null && line !== '.') { letter += `${line}\n`; continue; }
        if (letter !== null) { letters.push(letter.replaceAll('=\n', '').replaceAll('=3D', '=')); letter = null; say('250 kept'); continue; }
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === 'DATA') { letter = ''; say('354 go on'); }
        else if (verb === 'QUIT') { say('221 bye'); socket.end(); }
        else if (verb !== '') say('250 fine');
      }
    });
  });
}

const letters: string[] = [];
let office: Server;
let api: Api;
let olga: TestPerson;

beforeAll(async () => {
  office = postOffice(letters);
  await new Promise<void>((resolve) => { office.listen(0, '127.0.0.1', resolve); });
  api = await startApi({ LEMMA_AUTH: 'required', SMTP_URL: `smtp://127.0.0.1:${(office.address() as AddressInfo).port}/?from=lemma@example.org` });
  olga = await api.signUp('Olga');
});
afterAll(async () => {
  await api.stop();
  await new Promise((resolve) => { office.close(resolve); });
});

const post = (path: string, body: unknown): Promise<Response> => api.fetch(`/api/auth${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

it('a forgotten password is replaced with the link that was mailed, once', async () => {
  expect((await post('/request-password-reset', { email: olga.email })).status).toBe(200);
  await expect.poll(() => letters.length).toBe(1);
  expect(letters[0]).toContain(`To: ${olga.email}`);
  expect(letters[0]).toContain('From: lemma@example.org');
  const token = /reset-password\?token=([\w-]+)/.exec(letters[0] ?? '')?.[1];
  expect((await post('/reset-password', { newPassword: 'a new password', token })).status).toBe(200);
  expect((await post('/sign-in/email', { email: olga.email, password: 'a new password' })).status).toBe(200);
  expect((await post('/reset-password', { newPassword: 'yet another', token })).status).toBe(400);
});

it('an invitation is mailed, with the link its maker sees', async () => {
  const signedIn = await post('/sign-in/email', { email: olga.email, password: 'a new password' });
  const as = { ...olga, cookie: signedIn.headers.getSetCookie().map((each) => each.split(';', 1)[0]).join('; ') };
  const { invitePerson } = await api.ok<{ invitePerson: { url: string } }>('mutation { invitePerson(input: { email: "ivan@example.org" }) { url } }', {}, as);
  expect(letters.at(-1)).toContain('To: ivan@example.org');
  expect(letters.at(-1)).toContain(invitePerson.url);
});
