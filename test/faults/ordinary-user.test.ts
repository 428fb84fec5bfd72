import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../scripts/launch/free-port.ts';
import { prepareGenerated } from '../../scripts/launch/prepared.ts';
import { ordinaryUser, type OrdinaryUser } from '../support/ordinary-user.ts';
import { processes } from '../support/processes.ts';
import { commandLine, isReady, type Typed } from '../support/started.ts';

/** Where root runs the tests, the other tests show that root can start Lemma; these show that somebody else can. */
let user: OrdinaryUser;
beforeAll(async () => {
  await prepareGenerated({ begin: () => {}, end: () => {} });
  user = ordinaryUser();
});
afterAll(() => user.end());

const { start } = commandLine();
/** What `npm start` runs; npm itself may be out of their reach. */
const typed = (): Typed => ({ command: user.node, args: ['scripts/start.mjs'], cwd: user.clone, account: user.account });

test('an ordinary user starts Lemma, with everything in it under their own account, and stops it', async () => {
  const home = user.newFolder();
  const one = start({ PORT: String(await freePort()), HOME: home, LEMMA_DATA: join(home, 'data') }, typed());
  const url = /Lemma ready at (\S+)/.exec(await isReady(one))?.[1];
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const uid = user.account?.uid ?? process.getuid?.();
  const theirs = processes().filter(({ command }) => command.includes(`${user.clone}/`) || command.includes(home));
  for (const program of ['server/main.ts', 'workers/main.ts', 'bin/postgres', 'nats.conf']) expect(theirs.map(({ command }) => command)).toContainEqual(expect.stringContaining(program));
  expect(theirs.filter(({ command, uid: of }) => command.includes(home) && of !== uid)).toEqual([]);
  one.process.kill('SIGTERM');
  expect(await one.ended).toBe(0);
  expect(processes().filter(({ command }) => command.includes(home))).toEqual([]);
});

test('a folder they may not write is named, with what to do', async () => {
  const closed = join(user.newFolder(), 'closed');
  mkdirSync(closed);
  chmodSync(closed, 0o555);
  const one = start({ PORT: String(await freePort()), HOME: user.newFolder(), LEMMA_DATA: join(closed, 'data') }, typed());
  expect(await one.ended).toBe(1);
  expect(one.output()).toMatch(/Lemma keeps its data in \S+closed\/data, and \S+ cannot write there \(EACCES.*\)\. Make it writable, or name another folder in LEMMA_DATA\./);
  rmSync(closed, { recursive: true });
});

test.skipIf(process.env['LEMMA_WITHOUT_DEBIAN_PACKAGES'])('where no nats-server is installed, an ordinary user gets one out of Debian\'s package, and keeps it', () => {
  const cache = user.newFolder();
  const program = `import { findNatsServer } from './scripts/launch/nats.ts';
    console.log(findNatsServer(process.argv[1], { PATH: '' }, []));`;
  const as = user.account ? { uid: user.account.uid, gid: user.account.gid } : {};
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: cache } as unknown as NodeJS.ProcessEnv;
  const find = (path: string) => spawnSync(user.node, ['--input-type=module', '-e', program, cache], { cwd: user.clone, encoding: 'utf8', env: { ...env, PATH: path }, ...as });
  const first = find('/usr/sbin:/usr/bin:/sbin:/bin');
  expect(first.stderr).toBe('');
  const found = first.stdout.trim();
  expect(found).toBe(join(cache, 'nats-server', 'usr', 'sbin', 'nats-server'));
  expect(spawnSync(found, ['--version'], { encoding: 'utf8', ...as }).stdout).toMatch(/^nats-server: v\d/);
  // Nothing to fetch it with any more: what was kept is used.
  expect(find('/nowhere').stdout.trim()).toBe(found);
});
