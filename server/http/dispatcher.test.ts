import { once } from 'node:events';
import { Agent, createServer, request as ask, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { Refusal } from '../../domain/refusal.ts';
import { dispatcher } from './dispatcher.ts';
import { sendJson } from './answer.ts';
import type { Door, SocketDoor } from './door.ts';
import { makeInstruments } from './instruments.ts';

/** Like Next, which keeps its sockets to itself. */
const keepsThem: SocketDoor = { name: 'keeps', opens: (path) => path === '/keeps', upgrade: () => {}, close: () => {} };
const asking = (url: string): IncomingMessage => ({ url, headers: {} }) as IncomingMessage;

test('at the end every upgraded connection is ended, also those that no door would end, and no other is let in', () => {
  const guard = ({ url }: IncomingMessage) => { if (url?.includes('forged')) throw new Refusal('forbidden', 'http/forged', 'No.'); };
  const { upgrade, closeSockets } = dispatcher({ doors: [], socketDoors: [keepsThem], guard, instruments: makeInstruments(), log: pino({ level: 'silent' }) });
  const sockets = ['/keeps', '/keeps', '/keeps?forged', '/nowhere'].map((url) => {
    const socket = new PassThrough();
    upgrade(asking(url), socket, Buffer.alloc(0));
    return socket;
  });
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false, false, false, false]);
  closeSockets();
  const late = new PassThrough();
  upgrade(asking('/keeps'), late, Buffer.alloc(0));
  expect([...sockets, late].map(({ destroyed }) => destroyed)).toEqual([true, true, true, true, true]);
});

test('a connection that sends one malformed request after the other is overtaken by those that do not, and is still answered', async () => {
  const handled: string[] = [];
  const door: Door = { name: 'any', opens: () => true, handle: (request, response) => { handled.push(request.url ?? ''); sendJson(response, request.url === '/bad' ? 400 : 200, {}); return Promise.resolve(); } };
  const { request } = dispatcher({ doors: [door], socketDoors: [], guard: () => {}, instruments: makeInstruments(), log: pino({ level: 'silent' }) });
  const server = createServer(request).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [hostile, other] = [new Agent({ keepAlive: true, maxSockets: 1 }), new Agent({ keepAlive: true, maxSockets: 1 })];
  const answered = async (agent: Agent, path: string): Promise<number> => {
    const [response] = (await once(ask({ port, host: '127.0.0.1', path, agent }).end(), 'response')) as [IncomingMessage];
    await once(response.resume(), 'end');
    return response.statusCode ?? 0;
  };
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  for (let at = 0; at < 20; at += 1) expect(await answered(hostile, '/bad')).toBe(400);
  handled.length = 0;
  const waiting = answered(hostile, '/bad');
  for (const agent of [other, new Agent(), other]) expect(await answered(agent, '/good')).toBe(200);
  expect(handled).toEqual(['/good', '/good', '/good']);
  vi.advanceTimersByTime(10);
  expect(await waiting).toBe(400);
  vi.useRealTimers();
  hostile.destroy();
  other.destroy();
  server.close();
});
