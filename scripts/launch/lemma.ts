import { createServer } from 'node:net';
import { join } from 'node:path';
import { migrate, MigrationRefused } from '../../adapters/postgres/migrate.ts';
import { partingWords, refuseBadEnvironment } from './check-environment.ts';
import { pollUntil, type ChildPlan, type Environment } from './child.ts';
import { keepPassword, keepSecret, lockDataFolder, openDataFolder, openLog, type Lock } from './data-folder.ts';
import { freePort } from './free-port.ts';
import { identityOf, isAlive, type Identity } from './identity.ts';
import { findNatsServer, prepareNats } from './nats.ts';
import { ensureDatabase, lastLines, preparePostgres } from './postgres.ts';
import { prepareGenerated, preparePages, type Progress } from './prepared.ts';
import { REPOSITORY } from './repository.ts';
import type { LaunchSettings } from './settings.ts';
import { supervise, type Supervised } from './supervised.ts';

export type ProcessName = 'server' | 'workers' | 'nats-server' | 'Postgres';

/** A whole Lemma: its own or given stores, the server and the workers. */
export interface Lemma {
  readonly url: string;
  /** Host and port of gRPC, without TLS. */
  readonly grpcAddress: string;
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** Those started here; a store that was given by its address is not among them. */
  readonly processes: ReadonlyMap<ProcessName, Supervised>;
  whenReady(timeoutInMs?: number): Promise<void>;
  /** Server, workers, nats-server, Postgres: each has drained before the next is asked. */
  stop(): Promise<void>;
}

export interface Reporter extends Progress {
  say(message: string): void;
}

export class LaunchProblem extends Error {
  override readonly name = 'LaunchProblem';
}

const DATABASE = 'lemma';
const STOP_ORDER: readonly ProcessName[] = ['server', 'workers', 'nats-server', 'Postgres'];

/** Brings everything up, in order, and answers when the server is ready. What was started is stopped again when something on the way fails. */
export async function launch(given: LaunchSettings, reporter: Reporter, leave?: AbortSignal): Promise<Lemma> {
  await refuseBadEnvironment(given, leave);
  openDataFolder(given.dataFolder);
  const lock = lockDataFolder(given.dataFolder);
  const processes = new Map<ProcessName, Supervised>();
  const stop = async () => {
    for (const name of STOP_ORDER) await processes.get(name)?.stop();
    lock.release();
  };
  try {
    await stopLeftovers(lock, reporter);
    const settings = await withPorts(given, reporter);
    return await bringUp({ settings, lock, processes, reporter, stop, leave });
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Launching {
  readonly settings: LaunchSettings & { readonly grpcPort: number };
  readonly lock: Lock;
  readonly processes: Map<ProcessName, Supervised>;
  readonly reporter: Reporter;
  readonly stop: () => Promise<void>;
  /** Aborted when nobody waits for the start any more. */
  readonly leave: AbortSignal | undefined;
}

async function bringUp(launching: Launching): Promise<Lemma> {
  const { settings, processes, reporter, lock, stop, leave } = launching;
  await prepareGenerated(reporter, leave);
  leave?.throwIfAborted();
  const [databaseUrl, natsUrl] = await allOrFirstProblem([bringPostgres(launching), bringNats(launching), settings.dev || !settings.pages ? Promise.resolve() : preparePages(reporter, leave)]);
  leave?.throwIfAborted();
  lock.note({ databaseUrl });
  await bringSchema(databaseUrl, reporter);

  const url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${settings.port}`;
  const env: Environment = {
    ...settings.env,
    NODE_ENV: settings.dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    // Compiled code is kept from one start to the next: it halves the server's.
    NODE_COMPILE_CACHE: join(REPOSITORY, '.cache', 'node'),
    HOST: settings.host,
    PORT: String(settings.port),
    GRPC_PORT: String(settings.grpcPort),
    LEMMA_DATA: settings.dataFolder,
    LEMMA_DEV: settings.dev ? '1' : '0',
    LEMMA_PAGES: settings.pages ? '1' : '0',
    LEMMA_SECRET: keepSecret(settings.dataFolder, settings.env['LEMMA_SECRET']),
    DATABASE_URL: databaseUrl,
    NATS_URL: natsUrl,
  };
  const ready = `${loopbackUrl(settings)}/readyz`;
  await allOrFirstProblem([
    bring(launching, 'server', { ...program(settings, env, 'server'), whenReady: (signal) => pollUntil(() => isReady(ready), signal) }),
    bring(launching, 'workers', { ...program(settings, env, 'workers'), whenReady: async () => {} }),
  ]);
  lock.note({ url });
  return {
    url,
    grpcAddress: `${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${settings.grpcPort}`,
    databaseUrl,
    natsUrl,
    processes,
    stop,
    whenReady: async (timeoutInMs = 60_000) => {
      const signal = AbortSignal.timeout(timeoutInMs);
      await pollUntil(() => isReady(ready), signal);
      if (signal.aborted) throw new LaunchProblem(`Lemma was not ready after ${timeoutInMs / 1000} s.`);
    },
  };
}

async function bringPostgres(launching: Launching): Promise<string> {
  const { settings } = launching;
  if (settings.databaseUrl !== null) return settings.databaseUrl;
  const server = await preparePostgres({ dataFolder: settings.dataFolder, port: await freePort(), durable: settings.durable });
  await bring(launching, 'Postgres', server.plan);
  await ensureDatabase(server, DATABASE);
  return server.urlOf(DATABASE);
}

async function bringNats(launching: Launching): Promise<string> {
  const { settings } = launching;
  if (settings.natsUrl !== null) return settings.natsUrl;
  const binary = findNatsServer(join(REPOSITORY, '.cache'), settings.env);
  const server = prepareNats({ dataFolder: settings.dataFolder, port: await freePort(), binary, password: keepPassword(join(settings.dataFolder, 'nats-password')) });
  await bring(launching, 'nats-server', server.plan);
  return server.url;
}

async function bringSchema(databaseUrl: string, reporter: Reporter): Promise<void> {
  const startedAt = Date.now();
  try {
    const { applied } = await migrate(databaseUrl);
    if (applied.length > 0) reporter.end(`database brought to this version (${applied.join(', ')})`, startedAt);
  } catch (error) {
    if (error instanceof MigrationRefused) throw error;
    const address = new URL(databaseUrl);
    throw new LaunchProblem(`The database at ${address.host}${address.pathname} could not be prepared: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function bring({ settings, lock, processes, reporter, leave }: Launching, name: ProcessName, plan: ChildPlan): Promise<void> {
  const startedAt = Date.now();
  const changed = () => {
    const alive = [...processes.values()].flatMap((each) => (each.child ? [{ name: each.name, ...identityOf(each.child.pid) }] : []));
    lock.note({ children: alive });
  };
  try {
    processes.set(name, await supervise(plan, { say: reporter.say, changed }, leave));
    changed();
  } catch (error) {
    const log = join(settings.dataFolder, 'logs', `${name}.log`);
    throw new LaunchProblem(partingWords(log) ?? `${error instanceof Error ? error.message : String(error)} The end of ${log}:\n  ${lastLines(log, 12)}`, { cause: error });
  }
  reporter.end(`${name} started`, startedAt);
}

/** Room for objects that live shortly, in MiB: what a chart is read into outgrows V8's own 16, and is copied to the old objects and collected there. With 32 a chart takes half the processor time (decision 101); 64 was no better than 16. */
const YOUNG_MIB = 32;

/** A TypeScript door on this very Node. It leaves by itself when the launcher is killed and cannot ask it to. */
function program(settings: LaunchSettings, env: Environment, door: 'server' | 'workers'): Omit<ChildPlan, 'whenReady'> {
  const { descriptor } = openLog(settings.dataFolder, door);
  const output = settings.dev ? 'inherit' : descriptor;
  return {
    name: door,
    command: process.execPath,
    args: [`--max-semi-space-size=${YOUNG_MIB}`, '--import', join(REPOSITORY, 'scripts/launch/leave-with-parent.mjs'), join(REPOSITORY, door, 'main.ts')],
    env,
    stdio: ['ignore', output, output],
    cwd: REPOSITORY,
    stopSignal: 'SIGTERM',
    graceInMs: 20_000,
  };
}

const loopbackUrl = ({ host, port }: LaunchSettings): string => {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
};

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** The ports to open: those that were asked for must be free; gRPC's moves aside where nobody asked for it. */
async function withPorts(given: LaunchSettings, reporter: Reporter): Promise<LaunchSettings & { readonly grpcPort: number }> {
  const port = given.port === 0 ? await freePort() : given.port;
  await refuseTakenPort({ ...given, port }, 'PORT');
  if (given.grpcPort !== null && given.grpcPort !== 0) {
    await refuseTakenPort({ ...given, port: given.grpcPort }, 'GRPC_PORT');
    return { ...given, port, grpcPort: given.grpcPort };
  }
  const beside = port + 1;
  if (given.port === 0 || given.grpcPort === 0 || beside > 65_535) return { ...given, port, grpcPort: await freePort() };
  if ((await listenProblem({ ...given, port: beside })) === null) return { ...given, port, grpcPort: beside };
  const grpcPort = await freePort();
  reporter.say(`Port ${beside} is taken, so gRPC is on port ${grpcPort}. GRPC_PORT chooses another.`);
  return { ...given, port, grpcPort };
}

function listenProblem({ host, port }: Pick<LaunchSettings, 'host' | 'port'>): Promise<NodeJS.ErrnoException | null> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', resolve);
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}

async function refuseTakenPort({ host, port }: Pick<LaunchSettings, 'host' | 'port'>, name: 'PORT' | 'GRPC_PORT'): Promise<void> {
  const problem = await listenProblem({ host, port });
  if (problem === null) return;
  if (problem.code === 'EADDRINUSE') throw new LaunchProblem(`Port ${port} on ${host} is taken by another program. Stop that one, or start Lemma on another port: ${name}=${port + 100} npm start`);
  if (problem.code === 'EACCES') throw new LaunchProblem(`Port ${port} may only be opened by root. Start Lemma on another port: ${name}=${name === 'PORT' ? 3000 : 3001} npm start`);
  throw new LaunchProblem(`Lemma cannot listen on ${host}, port ${port} (${problem.message}). Set HOST to an address of this machine.`);
}

/** Like Promise.all, but waits for all of them in any case: what is still starting when another fails must be known to be stopped. */
async function allOrFirstProblem<const Work extends readonly Promise<unknown>[]>(work: Work): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** Ends what a Lemma that was killed left running, the doors first and Postgres last, so that the data has one user again. */
async function stopLeftovers({ leftovers }: Lock, reporter: Reporter): Promise<void> {
  if (leftovers.length === 0) return;
  const startedAt = Date.now();
  for (const name of STOP_ORDER) {
    for (const left of leftovers.filter((each) => each.name === name)) await end(left, name === 'Postgres' ? 'SIGINT' : 'SIGTERM');
  }
  reporter.end(`stopped what a Lemma that was killed had left running (${leftovers.map(({ name }) => name).join(', ')})`, startedAt);
}

async function end(left: Identity, signal: NodeJS.Signals): Promise<void> {
  process.kill(left.pid, signal);
  await pollUntil(async () => !isAlive(left), AbortSignal.timeout(20_000));
  if (isAlive(left)) process.kill(left.pid, 'SIGKILL');
  await pollUntil(async () => !isAlive(left), AbortSignal.timeout(5000));
}
