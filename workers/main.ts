import pino from 'pino';
import { openNats } from '../adapters/nats/connection.ts';
import { natsCourier } from '../adapters/nats/courier.ts';
import { ensureStreams } from '../adapters/nats/streams.ts';
import { openDatabase } from '../adapters/postgres/client.ts';
import { postgresOutboxQueue } from '../adapters/postgres/outbox-queue.ts';
import { EnvProblem, readEnv, type Role, type WorkersEnv } from './env.ts';
import { relayOutbox } from './outbox/relay.ts';

const log = pino({ name: 'workers' });

/** Runs the roles named on the command line, or all, until SIGINT or SIGTERM; then ends what was begun and leaves. */
async function main(): Promise<void> {
  const env = parsedEnv();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

  const database = openDatabase(env.databaseUrl, 10);
  const nats = await openNats(env.natsUrl, 'lemma-workers');
  await ensureStreams(nats);

  const starters: Record<Role, () => Promise<void>> = {
    outbox: () => relayOutbox({ outbox: postgresOutboxQueue(database.pool), courier: natsCourier(nats), log }, stopping.signal),
  };
  log.info({ roles: env.roles }, 'workers ready');
  await Promise.all(env.roles.map((role) => starters[role]()));
  await nats.drain();
  await database.close();
  log.info({}, 'workers stopped');
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

await main();
