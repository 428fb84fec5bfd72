import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine, type EngineName } from '../scripts/layers/engines.ts';
import { startChild } from '../scripts/launch/child.ts';
import { freePort } from '../scripts/launch/free-port.ts';
import { ensureDatabase, preparePostgres } from '../scripts/launch/postgres.ts';
import { startFasttrackml } from './fasttrackml-server.ts';
import { startMlflowServer, type MlflowBackend } from './mlflow-server.ts';
import { startProgram, type Program } from './program.ts';

export interface SharedPostgres {
  /** The address of a database, made when it is not there. */
  urlOf(database: string): Promise<string>;
}

/** Everything one bench may start and use. What it started is stopped, and its folder removed, when the bench ends or its time is up. */
export class Lab {
  readonly quick: boolean;
  /** What the bench may take in all; one that can choose its sizes fits them to it. */
  readonly budgetInMs: number;
  /** Empty at first. */
  readonly folder = mkdtempSync(join(tmpdir(), 'lemma-bench-'));
  readonly #stops: (() => Promise<unknown>)[] = [];
  #closed = false;

  constructor(quick: boolean, budgetInMs: number) {
    this.quick = quick;
    this.budgetInMs = budgetInMs;
  }

  /** A whole Lemma as `npm start` starts it, fsync on. Two calls meet the same data unless `LEMMA_DATA` says otherwise. */
  async lemma(env: Readonly<Record<string, string>> = {}): Promise<Program> {
    const port = String(await freePort());
    return this.#started(await startProgram({
      command: process.execPath, args: ['scripts/start.mjs'], url: `http://127.0.0.1:${port}`, readyPath: '/readyz',
      env: { PORT: port, GRPC_PORT: String(await freePort()), LEMMA_DATA: join(this.folder, 'lemma'), LEMMA_AUTH: 'local', ...env },
    }));
  }

  /** The peer with its defaults. The bench names `mlflow` among its needs. */
  async mlflowServer(backend: MlflowBackend): Promise<Program> {
    return this.#started(await startMlflowServer(this.python(), backend));
  }

  /** Another peer with its defaults. The bench names `fasttrackml` among its needs. */
  async fasttrackml(): Promise<Program> {
    return this.#started(await startFasttrackml(found('fasttrackml', 'LEMMA_FASTTRACKML'), join(this.folder, 'fasttrackml')));
  }

  /** A Postgres that Lemma and a peer can share, fsync and synchronous_commit on. */
  async postgres(): Promise<SharedPostgres> {
    const dataFolder = join(this.folder, 'shared-postgres');
    mkdirSync(dataFolder);
    const server = await preparePostgres({ dataFolder, port: await freePort(), durable: true });
    const child = await startChild(server.plan);
    await this.keep(() => child.stop());
    return {
      urlOf: async (database) => {
        await ensureDatabase(server, database);
        return server.urlOf(database);
      },
    };
  }

  /** A Python with the mlflow package. The bench names `mlflow` among its needs. */
  python(): string {
    return found('mlflow', 'LEMMA_PYTHON');
  }

  /** The path of a Chromium. The bench names `chromium` among its needs. */
  chromium(): string {
    return found('chromium', 'LEMMA_CHROMIUM');
  }

  /** Has something stopped with the lab; at once, where the lab is closed already. */
  async keep(stop: () => Promise<unknown>): Promise<void> {
    if (this.#closed) await stop();
    else this.#stops.push(stop);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#stops.toReversed()) await stop().catch((error: unknown) => console.error(error));
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #started(program: Program): Promise<Program> {
    await this.keep(() => program.stop());
    return program;
  }
}

function found(engine: EngineName, variable: string): string {
  const answer = findEngine(engine);
  if (!answer.there) throw new Error(answer.reason);
  return answer.env[variable] ?? '';
}
