import { pino, type Logger } from 'pino';
import { noMail, smtpMail } from '../adapters/mail/smtp-mail.ts';
import { openChangeFeed } from '../adapters/nats/change-feed.ts';
import { openNats } from '../adapters/nats/connection.ts';
import { natsLiveConsole } from '../adapters/nats/live-console.ts';
import { natsMeetingViews } from '../adapters/nats/live-meetings.ts';
import { natsPresence } from '../adapters/nats/live-presence.ts';
import { natsLiveNotes } from '../adapters/nats/live-notes.ts';
import { natsLiveMetrics } from '../adapters/nats/live-metrics.ts';
import { natsTyping } from '../adapters/nats/typing.ts';
import { BlobProblem } from '../adapters/object-storage/blob-problem.ts';
import { openBlobs } from '../adapters/object-storage/open-blobs.ts';
import { openDatabase, type Database } from '../adapters/postgres/client.ts';
import { postgresConsoleStore } from '../adapters/postgres/console/console-store.ts';
import { postgresMetricStore } from '../adapters/postgres/metrics/metric-store.ts';
import { migrate } from '../adapters/postgres/migrate.ts';
import { readerOf } from '../adapters/postgres/reader.ts';
import { postgresRunSearch } from '../adapters/postgres/run-search.ts';
import { postgresStore } from '../adapters/postgres/store.ts';
import { yjsNoteDocuments } from '../adapters/yjs/note-documents.ts';
import { systemClock, systemIds, systemSecrets } from '../adapters/system/ambient.ts';
import type { Adapters } from './adapters.ts';
import { EnvProblem, readEnv, type ServerEnv } from './env.ts';
import { startServer } from './start.ts';

/** Everything outside, as the environment names it; migrates the database first. */
export async function openAdapters(env: ServerEnv): Promise<Adapters> {
  await migrate(env.databaseUrl);
  const database = openDatabase(env.databaseUrl);
  const nats = await openNats(env.natsUrl, 'lemma-server');
  const live = natsLiveMetrics(nats);
  const liveConsole = natsLiveConsole(nats);
  const changes = await openChangeFeed(nats);
  return {
    ports: {
      store: postgresStore(database, systemIds),
      metrics: postgresMetricStore(database, live),
      live,
      console: postgresConsoleStore(database, liveConsole),
      presence: natsPresence(nats),
      typing: natsTyping(nats),
      noteDocuments: yjsNoteDocuments,
      liveNotes: natsLiveNotes(nats),
      meetingViews: natsMeetingViews(nats),
      mail: env.smtpUrl === null ? noMail : smtpMail(env.smtpUrl),
      clock: systemClock,
      ids: systemIds,
      secrets: systemSecrets,
      runSearch: postgresRunSearch(database, systemClock),
      blobs: await openBlobs(env.artifactUrl, env.azureStorage),
    },
    reader: readerOf(database.prisma),
    changes,
    liveMetrics: live,
    liveConsole,
    prisma: database.prisma,
    readiness: async () => ({ postgres: await postgresProblem(database), nats: nats.isClosed() || !(await answers(nats.rtt())) ? 'not reachable' : null }),
    async close() {
      await changes.close();
      await nats.drain().catch(() => {});
      await database.close();
    },
  };
}

/** How long a readiness question may take, in milliseconds. */
const PATIENCE_MS = 2000;

const answers = (question: Promise<unknown>): Promise<boolean> => Promise.race([
  question.then(() => true, () => false),
  new Promise<false>((resolve) => { setTimeout(() => { resolve(false); }, PATIENCE_MS).unref(); }),
]);

/** Migrations were applied before this process answered anything, so being reachable is all that can be missing. */
const postgresProblem = async ({ pool }: Database): Promise<string | null> => ((await answers(pool.query('SELECT 1'))) ? null : 'not reachable');

async function main(log: Logger): Promise<void> {
  const env = readEnv();
  const adapters = await openAdapters(env);
  const server = await startServer(env, adapters, log);
  log.info({ url: server.url }, 'listening');
  adapters.ports.runSearch.warm().catch((error: unknown) => { log.warn({ err: error }, 'runs could not be read beforehand'); });
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    server.stop().then(() => { log.info('stopped'); process.exit(0); }, (error: unknown) => { log.error({ err: error }, 'stopping failed'); process.exit(1); });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

if (import.meta.main) {
  const log = pino({ base: null });
  process.on('unhandledRejection', (error) => { log.error({ err: error }, 'a promise was rejected and nobody noticed'); });
  main(log).catch((error: unknown) => {
    if (error instanceof EnvProblem || error instanceof BlobProblem) log.fatal(error.message);
    else log.fatal({ err: error }, 'the server could not start');
    process.exit(1);
  });
}
