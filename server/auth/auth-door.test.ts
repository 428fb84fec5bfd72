import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../domain/refusal.ts';
import { clientAddress } from '../http/client-address.ts';
import { authDoor, type AuthDoorParts } from './auth-door.ts';

/** What better-auth was asked, and what it answers to a password. */
let asked: Request[] = [];
const accounts = {
  handler: async (request: Request) => {
    asked.push(request);
    const body = JSON.parse(await request.text() || '{}') as { password?: string; currentPassword?: string };
    return new Response('{}', { status: [body.password, body.currentPassword].some((each) => each !== undefined && each !== 'right') ? 401 : 200 });
  },
  api: { getSession: ({ headers }: { headers: Headers }) => Promise.resolve(headers.get('cookie') === 'ada' ? { user: { email: 'ada@lab.org' } } : null) },
} as unknown as AuthDoorParts['accounts'];

let now = 0;
const newDoor = () => authDoor({ accounts, clock: { now: () => new Date(now) }, addressOf: clientAddress([]), publicUrl: 'https://lemma.example/', sessionsEnded: () => Promise.resolve() });
let door = newDoor();

/** Everybody here comes from this machine; the address they are given is their socket's as far as the door can see. */
const server = createServer((request, response) => {
  Object.defineProperty(request.socket, 'remoteAddress', { value: request.headers['x-test-address'] ?? '10.0.0.1', configurable: true });
  door.handle(request, response).catch((error: unknown) => {
    if (error instanceof Refusal) door.refuse?.(error, response);
    else response.destroy();
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => { server.close(resolve); }));
beforeEach(() => { asked = []; now = 0; door = newDoor(); });

const post = async (path: string, body: object, headers: Record<string, string> = {}): Promise<number> =>
  (await fetch(`${url}/api/auth${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })).status;
const signIn = (password: string, { email = 'ada@lab.org', address = '10.0.0.1' } = {}) => post('/sign-in/email', { email, password }, { 'x-test-address': address });
const wrong = async (times: number, who: { email?: string; address?: string } = {}): Promise<number> => {
  let last = 0;
  for (let index = 0; index < times; index += 1) last = await signIn('wrong', who);
  return last;
};

describe('who guesses at a password', () => {
  it('is stopped after ten tries, and does not lock its owner out, who comes from elsewhere', async () => {
    expect(await wrong(10)).toBe(401);
    expect(await signIn('wrong')).toBe(429);
    expect(await signIn('right')).toBe(429);
    expect(await signIn('right', { address: '10.0.0.2' })).toBe(200);
    expect(await post('/request-password-reset', { email: 'ada@lab.org' })).toBe(200);
    now += 5 * 60_000;
    expect(await signIn('right')).toBe(200);
  });

  it('from many addresses is stopped after a hundred tries at one account', async () => {
    for (let index = 0; index < 20; index += 1) expect(await wrong(5, { address: `10.0.1.${index}` })).toBe(401);
    expect(await signIn('wrong', { address: '10.0.2.1' })).toBe(429);
    expect(await signIn('right', { email: 'bob@lab.org', address: '10.0.2.1' })).toBe(200);
  });

  it('cannot go another way round to the same place, nor write the address in another way', async () => {
    await wrong(10);
    for (const email of ['ADA@lab.org', ' ada@lab.org ']) expect(await signIn('wrong', { email })).toBe(429);
    const { port } = new URL(url);
    const detour = await new Promise<number>((resolve) => {
      ask({ port, path: '/api/auth/x/../sign-in/email', method: 'POST', headers: { 'content-type': 'application/json' } }, (answer) => { answer.resume(); resolve(answer.statusCode ?? 0); })
        .end('{"email":"ada@lab.org","password":"wrong"}');
    });
    expect(detour).toBe(429);
  });

  it('with a stolen session is stopped at the same account', async () => {
    await wrong(9);
    expect(await post('/change-password', { currentPassword: 'wrong', newPassword: 'x' }, { cookie: 'ada' })).toBe(401);
    expect(await post('/change-password', { currentPassword: 'wrong', newPassword: 'x' }, { cookie: 'ada' })).toBe(429);
    expect(await post('/change-password', { currentPassword: 'wrong', newPassword: 'x' }, { cookie: 'nobody' })).toBe(401);
  });
});

it('a reset may be asked for five times a quarter of an hour, which keeps nobody from signing in', async () => {
  for (let index = 0; index < 5; index += 1) expect(await post('/request-password-reset', { email: 'ada@lab.org' })).toBe(200);
  expect(await post('/request-password-reset', { email: 'ada@lab.org' })).toBe(429);
  expect(await post('/request-password-reset', { email: 'ada@lab.org' }, { 'x-test-address': '10.0.0.2' })).toBe(200);
  expect(await signIn('right')).toBe(200);
  now += 15 * 60_000;
  expect(await post('/request-password-reset', { email: 'ada@lab.org' })).toBe(200);
});

it.each([
  ['nothing, as a program does', {}, 'https://lemma.example'],
  ['what fetch metadata calls our own page', { 'sec-fetch-site': 'same-origin' }, 'https://lemma.example'],
  ['another site', { 'sec-fetch-site': 'cross-site' }, null],
  ['another host of our site', { 'sec-fetch-site': 'same-site' }, null],
  ['a referring page', { referer: 'https://evil.example/' }, null],
  ['a hidden origin', { origin: 'null' }, 'null'],
  ['a foreign origin', { origin: 'https://evil.example' }, 'https://evil.example'],
])('a request that says %s reaches better-auth with the origin that follows', async (_, headers: Record<string, string>, origin) => {
  await post('/sign-out', {}, headers);
  expect(asked[0]?.headers.get('origin')).toBe(origin);
});
