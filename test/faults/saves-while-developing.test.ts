import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { freePort } from '../../scripts/launch/free-port.ts';
import { REPOSITORY } from '../../scripts/launch/repository.ts';
import { eventually } from '../support/lemma-client.ts';
import { processes } from '../support/processes.ts';
import { commandLine, isReady } from '../support/started.ts';

const { start, whoRan } = commandLine();

const SERVER = join(REPOSITORY, 'server', 'main.ts');
/** An editor's save that changes nothing: the tree stays clean. */
const save = (): void => utimesSync(SERVER, new Date(), new Date());
/** The launcher runs for this test alone, so its children are ours to count. */
const servers = (): number[] => processes().filter(({ parent, command }) => parent === whoRan().launcher.pid && command.endsWith(SERVER)).map(({ pid }) => pid);
const times = (text: string, what: string): number => text.split(what).length - 1;

/** The socket by which an open page hears that its source changed; no page was asked for before, as after a restart. */
async function openPage(url: string): Promise<{ readonly closed: Promise<unknown> }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/_next/hmr?id=open-page`);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('error', () => {});
  return { closed };
}

test('two quick saves while a page is open: its socket does not hold up the server, and one new server answers', async () => {
  const dev = start({ PORT: String(await freePort()), LEMMA_PAGES: '1' }, { command: 'npm', args: ['run', 'dev'] });
  await isReady(dev);
  const url = whoRan().url ?? '';
  const [first, ...others] = servers();
  expect(others).toEqual([]);
  const page = await openPage(url);

  save();
  await eventually(async () => times(dev.output(), 'server starts again'), (count) => count === 1);
  save();
  await eventually(async () => times(dev.output(), 'server starts again'), (count) => count === 2);
  await page.closed;
  // It came to its own end, and was not forced to it when its time was over.
  await eventually(async () => times(dev.output(), '"msg":"stopped"'), (count) => count >= 1);

  const now = await eventually(async () => ({ ready: (await fetch(`${url}/readyz`)).status === 200, noted: whoRan().children.find(({ name }) => name === 'server')?.pid, alive: servers() }),
    ({ ready, noted, alive }) => ready && alive.length === 1 && alive[0] === noted);
  expect(now.noted).not.toBe(first);
  expect(now.alive).toEqual([now.noted]);
  // The next page that opens is told of its changes by the new one.
  await openPage(url);
  expect(dev.output()).not.toMatch(/server ended|was not ready|EADDRINUSE/);
  expect(times(dev.output(), 'starts again')).toBe(2);
});
