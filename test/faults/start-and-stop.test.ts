import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import type { Running } from '../../scripts/launch/data-folder.ts';
import { freePort } from '../../scripts/launch/free-port.ts';
import { isAlive } from '../../scripts/launch/identity.ts';
import { eventually } from '../support/lemma-client.ts';
import { commandLine, isReady } from '../support/started.ts';

const { start, whoRan } = commandLine();
const allEnded = (running: Running): Promise<readonly string[]> => eventually(async () => running.children.filter(isAlive).map(({ name }) => name), (alive) => alive.length === 0);

test.each(['SIGTERM', 'SIGINT'] as const)('%s stops every process, in order, and the next start finds the data as it was left', async (signal) => {
  const first = start({ PORT: String(await freePort()) });
  await isReady(first);
  const running = whoRan();
  expect(running.children.map(({ name }) => name).toSorted()).toEqual(['Postgres', 'nats-server', 'server', 'workers']);
  first.process.kill(signal);
  expect(await first.ended).toBe(0);
  expect(first.output()).toContain('everything stopped');
  expect(await allEnded(running)).toEqual([]);

  const second = start({ PORT: String(await freePort()) });
  expect(await isReady(second)).not.toContain('database brought to this version');
});

test('when npm is killed and can tell nobody, everything stops all the same', async () => {
  const first = start({ PORT: String(await freePort()) });
  await isReady(first);
  const running = whoRan();
  first.process.kill('SIGKILL');
  expect(await allEnded(running)).toEqual([]);
});

test('a second Lemma on the same data is refused, and the first is left in peace', async () => {
  const first = start({ PORT: String(await freePort()) });
  await isReady(first);
  const second = start({ PORT: String(await freePort()) });
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(/Another Lemma \(process \d+, at http:\/\/127\.0\.0\.1:\d+\) uses the data in/);
  expect((await fetch(`${whoRan().url}/readyz`)).status).toBe(200);
});

test.each(['PORT', 'GRPC_PORT'])('a taken %s is named, with the command that takes another; nothing is left running', async (name) => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const first = start({ PORT: String(await freePort()), [name]: String(port) });
  expect(await first.ended).toBe(1);
  other.close();
  expect(first.output()).toContain(`Port ${port} on 127.0.0.1 is taken by another program. Stop that one, or start Lemma on another port: ${name}=`);
});

test.each([['ARTIFACT_URL', 'ftp://bucket'], ['LEMMA_AUTH', 'none'], ['LEMMA_SECRET', 'short']])('a wrong %s is told in one sentence before anything is started', async (name, value) => {
  const first = start({ PORT: String(await freePort()), [name]: value });
  expect(await first.ended).toBe(1);
  const [, sentence = '', ...more] = first.output().split(/\n(?=[A-Z_]+ must )/);
  expect([sentence.trim(), more]).toEqual([expect.stringMatching(new RegExp(`^${name} must [^\n]+ Nothing was started\\.$`)), []]);
  expect(first.output()).not.toContain('started\n');
});

test('when the launcher itself is killed, the next start stops what it left and goes on with the same data', async () => {
  const port = String(await freePort());
  const first = start({ PORT: port });
  await isReady(first);
  const running = whoRan();
  const launcher = running.launcher.pid;
  process.kill(launcher, 'SIGKILL');
  await first.ended;
  const second = start({ PORT: port });
  expect(await isReady(second)).toContain('stopped what a Lemma that was killed had left running');
  expect(await allEnded(running)).toEqual([]);
});

test('data of a newer version is refused in a sentence, and not touched', async () => {
  const first = start({ PORT: String(await freePort()) });
  await isReady(first);
  const database = new Client({ connectionString: whoRan().databaseUrl ?? '' });
  await database.connect();
  await database.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'y', '9999_future', now())`);
  await database.end();
  first.process.kill('SIGTERM');
  await first.ended;
  const second = start({ PORT: String(await freePort()) });
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(/made by a newer Lemma: it has the migration "9999_future".*Nothing was changed/);
});
