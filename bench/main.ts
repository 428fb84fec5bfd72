import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../scripts/launch/child.ts';
import { freePort } from '../scripts/launch/free-port.ts';
import { findEngine } from '../scripts/layers/engines.ts';
import { prepareGenerated, preparePages } from '../scripts/launch/prepared.ts';
import { ensureDatabase, preparePostgres } from '../scripts/launch/postgres.ts';
import { generatorCeiling, logBatchRate, BATCH } from './log-batch.ts';
import { logToDom } from './log-to-dom.ts';
import { mlflowVersion, startMlflowServer } from './mlflow-server.ts';
import { runToDom } from './run-to-dom.ts';
import { startProgram, type Program } from './program.ts';
import { ms, perSecond, quantile, Report, seconds, times } from './report.ts';

const quick = process.argv.includes('--quick');
const loadMs = quick ? 4000 : 15_000;
const CLIENTS = [1, 8, 32];

const folder = mkdtempSync(join(tmpdir(), 'lemma-bench-'));
const report = new Report();
const notes: string[] = [];

async function startLemma(env: Readonly<Record<string, string>> = {}): Promise<Program> {
  const port = String(await freePort());
  return startProgram({
    command: process.execPath, args: ['scripts/start.mjs'], url: `http://127.0.0.1:${port}`, readyPath: '/readyz',
    env: { PORT: port, GRPC_PORT: String(await freePort()), LEMMA_DATA: join(folder, 'lemma'), LEMMA_AUTH: 'local', ...env },
  });
}

async function timeToReady(): Promise<void> {
  const first = await startLemma();
  await first.stop();
  const second = await startLemma();
  await second.stop();
  report.add({ what: 'first start to ready (packages installed, pages built)', measured: seconds(first.readyInMs), against: '' });
  report.add({ what: 'second start to ready', measured: seconds(second.readyInMs), against: `limit 5 s: ${second.readyInMs < 5000 ? 'kept' : 'missed'}` });
}

async function timeToPage(): Promise<void> {
  const chromium = findEngine('chromium');
  if (!chromium.there) {
    notes.push(`Log call to browser DOM was not measured: ${chromium.reason}.`);
    return;
  }
  const lemma = await startLemma();
  try {
    const delays = await logToDom(lemma.url, chromium.env['LEMMA_CHROMIUM'] ?? '', quick ? 60 : 300);
    report.add({ what: 'log_metric call to browser DOM, p50', measured: ms(quantile(delays, 0.5)), against: '' });
    report.add({ what: 'log_metric call to browser DOM, p95', measured: ms(quantile(delays, 0.95)), against: 'limit 200 ms' });
    for (const [page, path] of [['first page', '/'], ['runs of a project', '/p/sandbox?view=runs']] as const) {
      const rows = await runToDom(lemma.url, chromium.env['LEMMA_CHROMIUM'] ?? '', path, quick ? 10 : 50);
      report.add({ what: `start_run call to a row on the open ${page}, p50`, measured: ms(quantile(rows, 0.5)), against: '' });
      report.add({ what: `start_run call to a row on the open ${page}, p95`, measured: ms(quantile(rows, 0.95)), against: 'limit 1 s' });
    }
  } finally {
    await lemma.stop();
  }
}

type Rates = ReadonlyMap<number, number>;

async function ratesOf(start: () => Promise<Program>): Promise<Rates> {
  const program = await start();
  try {
    const rates = new Map<number, number>();
    await logBatchRate(program.url, 1, 1000); // warms connections, caches and compilers of either side
    for (const clients of CLIENTS) rates.set(clients, await logBatchRate(program.url, clients, loadMs));
    return rates;
  } finally {
    await program.stop();
  }
}

async function ingest(): Promise<void> {
  const shared = join(folder, 'shared');
  mkdirSync(shared);
  const postgres = await preparePostgres({ dataFolder: shared, port: await freePort(), durable: true });
  const child = await startChild(postgres.plan);
  try {
    for (const name of ['lemma', 'mlflow']) await ensureDatabase(postgres, name);
    const ceiling = await generatorCeiling(8, 2000);
    const lemma = await ratesOf(() => startLemma({ LEMMA_DATA: join(folder, 'on-shared'), DATABASE_URL: postgres.urlOf('lemma') }));
    for (const clients of CLIENTS) {
      const rate = lemma.get(clients) ?? 0;
      report.add({ what: `log-batch of ${BATCH}, ${clients} clients: Lemma`, measured: perSecond(rate), against: `${Math.round((100 * rate) / ceiling)} % of the generator's ceiling (${perSecond(ceiling)})` });
    }
    const mlflow = findEngine('mlflow');
    if (!mlflow.there) {
      notes.push(`The mlflow server was not measured: ${mlflow.reason}.`);
      return;
    }
    const python = mlflow.env['LEMMA_PYTHON'] ?? '';
    const version = mlflowVersion(python);
    const peers: readonly [string, () => Promise<Program>][] = [
      ['SQLite', () => startMlflowServer(python, 'sqlite')],
      ['the same Postgres', () => startMlflowServer(python, { postgresUrl: postgres.urlOf('mlflow') })],
    ];
    for (const [backend, start] of peers) await besidePeer(`mlflow ${version} on ${backend}`, start, lemma);
  } finally {
    await child.stop();
  }
}

const progress = { begin: () => {}, end: () => {} };

/** The peer under the same load; where it gives up, that is its result. */
async function besidePeer(name: string, start: () => Promise<Program>, lemma: Rates): Promise<void> {
  const peer = await start();
  try {
    for (const clients of CLIENTS) {
      const what = `log-batch of ${BATCH}, ${clients} clients: ${name}`;
      try {
        const rate = await logBatchRate(peer.url, clients, loadMs);
        report.add({ what, measured: perSecond(rate), against: `Lemma is ${times((lemma.get(clients) ?? 0) / rate)} as fast` });
      } catch (error) {
        report.add({ what, measured: 'gave up', against: (error instanceof Error ? error.message : String(error)).replace(/^.*"message": "([^"(]*).*$/s, '$1').trim() });
      }
    }
  } finally {
    await peer.stop();
  }
}

try {
  await prepareGenerated(progress);
  await preparePages(progress);
  await timeToReady();
  await timeToPage();
  await ingest();
  report.write(quick, notes);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
