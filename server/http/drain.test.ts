import { createServer, get, Agent, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drainable } from './drain.ts';

/** So long that a test which depended on it would fail by its own time limit. */
const FOR_EVER_MS = 600_000;

let http: Server;
let drain: ReturnType<typeof drainable>;
let port: number;
let asked: Promise<ServerResponse>;
const agent = new Agent({ keepAlive: true });
const opened: Socket[] = [];
beforeEach(async () => {
  http = createServer({ keepAliveTimeout: FOR_EVER_MS });
  drain = drainable(http);
  asked = new Promise((resolve) => http.on('request', (_request, response) => resolve(response)));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  ({ port } = http.address() as AddressInfo);
});
afterEach(() => {
  agent.destroy();
  for (const socket of opened.splice(0)) socket.destroy();
  http.closeAllConnections();
});

const answer = (): Promise<IncomingMessage> => new Promise((resolve, reject) => {
  get({ port, agent, host: '127.0.0.1' }, resolve).on('error', reject);
});
async function connected(): Promise<Socket> {
  const accepted = new Promise((resolve) => http.once('connection', resolve));
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  opened.push(socket);
  await accepted;
  return socket;
}

test('what is being answered is answered to its end, and its connection is then not kept for a next request', async () => {
  const answered = answer();
  const response = await asked;
  const drained = drain(FOR_EVER_MS);
  response.end('whole');
  const message = await answered;
  expect((await message.toArray()).join('')).toBe('whole');
  await drained;
  expect(http.listening).toBe(false);
});

test('a connection that never asked anything, as browsers open ahead, does not hold up the end', async () => {
  await connected();
  await drain(FOR_EVER_MS);
  expect(http.listening).toBe(false);
});

test('an answer that never comes to its end is cut off when patience is over', async () => {
  const cutOff = answer().then(() => null, (error: unknown) => error);
  await asked;
  await drain(50);
  expect(await cutOff).toMatchObject({ code: 'ECONNRESET' });
  expect(http.listening).toBe(false);
});
