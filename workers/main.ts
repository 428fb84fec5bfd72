import { setTimeout } from 'node:timers/promises';
import pino from 'pino';
import { localDemoTrainings } from '../adapters/local-process/demo-trainings.ts';
import { noMail, smtpMail } from '../adapters/mail/smtp-mail.ts';
import { openNats } from '../adapters/nats/connection.ts';
import { natsCourier } from '../adapters/nats/courier.ts';
import { ensureStreams } from '../adapters/nats/streams.ts';
import { natsWorkQueue } from '../adapters/nats/work-queue.ts';
import { BlobProblem } from '../adapters/object-storage/blob-problem.ts';
import { openBlobs } from '../adapters/object-storage/open-blobs.ts';
import { openDatabase } from '../adapters/postgres/client.ts';
import { listen } from '../adapters/postgres/listen.ts';
import { postgresConsoleStore } from '../adapters/postgres/console/console-store.ts';
import { postgresMetricPacking } from '../adapters/postgres/metrics/metric-packing.ts';
import { postgresMetricPartitions } from '../adapters/postgres/metrics/metric-partitions.ts';
import { postgresMetricStore } from '../adapters/postgres/metrics/metric-store.ts';
import { postgresOutboxQueue } from '../adapters/postgres/outbox-queue.ts';
import { postgresStore } from '../adapters/postgres/store.ts';
import { yjsNoteDocuments } from '../adapters/yjs/note-documents.ts';
import { systemClock, systemIds, systemSecrets } from '../adapters/system/ambient.ts';
import { httpWebhookPost } from '../adapters/webhooks/http-webhook-post.ts';
import manifest from '../package.json' with { type: 'json' };
import { analysisHandler } from './analysis/analyse-experiments.ts';
import { runDemo } from '../operations/demo/run-demo.ts';
import { EnvProblem, readEnv, type Role, type WorkersEnv } from './env.ts';
import { notify } from './notify/notify.ts';
import { relayOutbox } from './outbox/relay.ts';
import { loadDemoHandler } from './demo/load-demo.ts';
import { serveMessages } from './runtime/serve.ts';
import { keepBinEmpty } from './upkeep/keep-bin-empty.ts';
import { keepMetricsPacked } from './upkeep/keep-metrics-packed.ts';
import { keepPartitionsBounded } from './upkeep/keep-partitions-bounded.ts';
import { keepNotesDerived } from './upkeep/keep-notes-derived.ts';
import { keepWatch } from './upkeep/keep-watch.ts';
import { keepUp } from './upkeep/upkeep.ts';

const log = pino({ name: 'workers' });
const ANALYSES_AT_ONCE = 4;
const ATTEMPTS = 8;
const LEAVE_WITHIN_MS = 2000;

/** Runs the roles named on the command line, or all, until SIGINT or SIGTERM; then ends what was begun and leaves. */
async function main(): Promise<void> {
  const env = parsedEnv();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

  const database = openDatabase(env.databaseUrl, 10);
  const nats = await openNats(env.natsUrl, 'lemma-workers');
  await ensureStreams(nats);
  const queue = natsWorkQueue(nats);
  const outbox = postgresOutboxQueue(database.pool);
  // Workers read metrics and never append, so nothing is published live from here.
  const metrics = postgresMetricStore(database, { publish: () => {} });
  const packing = postgresMetricPacking(database);
  const partitions = postgresMetricPartitions(database, { boundBytes: env.metricPartitionBytes });
  const ports = { store: postgresStore(database, systemIds), metrics, clock: systemClock, ids: systemIds, secrets: systemSecrets };

  const trainings = localDemoTrainings(env.path);
  const loadDemo = (personId: string) => runDemo({ ...ports, trainings }, { personId, url: env.serverUrl }, stopping.signal);

  const starters: Record<Role, () => Promise<void>> = {
    outbox: () => relayOutbox({ outbox, courier: natsCourier(nats), log }, stopping.signal),
    analysis: () => serveMessages({ queue, handler: analysisHandler(ports, `lemma ${manifest.version}`), concurrency: ANALYSES_AT_ONCE, attempts: ATTEMPTS, log }, stopping.signal),
    notify: () => {
      const mail = env.smtpUrl === null ? noMail : smtpMail(env.smtpUrl);
      const addresses = { publicUrl: env.publicUrl, mailConfigured: mail.configured };
      return notify({ ports: { ...ports, mail, webhookPost: httpWebhookPost({ thisMachine: env.local }) }, addresses, onHappening: (wake) => listen(database.pool, 'happenings', wake), log }, stopping.signal);
    },
    demo: () => serveMessages({ queue, handler: loadDemoHandler(loadDemo), concurrency: 1, attempts: ATTEMPTS, log }, stopping.signal),
    upkeep: async () => {
      const { signal } = stopping;
      await Promise.all([keepUp({ ports, outbox, log }, signal), keepMetricsPacked({ packing, log }, signal), keepPartitionsBounded({ partitions, log }, signal), keepWatch({ ports, log }, signal), keepNotesDerived({ ports: { ...ports, noteDocuments: yjsNoteDocuments }, log }, signal),
        keepBinEmpty({ ports: { ...ports, console: postgresConsoleStore(database, { publish: () => {} }), blobs: await openBlobs(env.artifactUrl, env.azureStorage) }, keptDays: env.keepDeletedDays, log }, signal)]);
    },
  };
  log.info({ roles: env.roles }, 'workers ready');
  await Promise.all(env.roles.map((role) => starters[role]()));
  // A nats-server that is away would be waited for without end; all that was begun is answered or will be handed over again.
  await Promise.race([nats.drain().catch(() => {}), setTimeout(LEAVE_WITHIN_MS)]);
  await database.close();
  log.info({}, 'workers stopped');
  process.exit(0);
}

function parsedEnv(): WorkersEnv {
  try {
    return readEnv(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof EnvProblem)) throw error;
    log.fatal(error.message);
    process.exit(2);
  }
}

await main().catch((error: unknown) => {
  if (!(error instanceof BlobProblem)) throw error;
  log.fatal(error.message);
  process.exit(1);
});
