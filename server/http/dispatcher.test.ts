import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Refusal } from '../../domain/refusal.ts';
import { dispatcher } from './dispatcher.ts';
import type { SocketDoor } from './door.ts';
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
