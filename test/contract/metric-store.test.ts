import { afterAll, beforeAll } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresMetricPacking } from '../../adapters/postgres/metrics/metric-packing.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import type { LiveMetricsFeed, LoggedSegment, MetricStore } from '../../operations/ports/metric-store.ts';
import { InMemoryMetricStore } from '../fakes/in-memory-metric-store.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';
import { metricReadingContract } from './metric-reading.ts';
import { metricStoreContract, type MetricStoreUnderTest } from './metric-store.ts';

function storeContract(name: string, open: () => MetricStoreUnderTest): void {
  metricStoreContract(name, open);
  metricReadingContract(name, open);
}

class RecordingFeed implements LiveMetricsFeed {
  readonly published: { runId: string; segment: LoggedSegment }[] = [];
  publish(runId: string, segment: LoggedSegment): void {
    this.published.push({ runId, segment });
  }
}

storeContract('in memory', () => {
  const feed = new RecordingFeed();
  return { store: new InMemoryMetricStore(feed), published: feed.published };
});

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

storeContract('Postgres', () => {
  const feed = new RecordingFeed();
  return { store: postgresMetricStore(database, feed), published: feed.published };
});

/** Packs a run after every append: now all of it, now as a run that goes on. Whatever a reader or writer does, it meets packed rows. */
storeContract('Postgres, packed at every turn', () => {
  const feed = new RecordingFeed();
  const store = postgresMetricStore(database, feed);
  const packings = [postgresMetricPacking(database, { restMs: -1 }), postgresMetricPacking(database), postgresMetricPacking(database, { room: 7 })];
  let turns = 0;
  const packing = async (runId: string, appending: Promise<number>): Promise<number> => {
    const added = await appending;
    await packings[(turns += 1) % packings.length]?.pack(runId);
    return added;
  };
  const packed: MetricStore = {
    ...store,
    append: (runId, points) => packing(runId, store.append(runId, points)),
    appendColumns: (runId, series, place) => packing(runId, store.appendColumns(runId, series, place)),
  };
  return { store: packed, published: feed.published };
});
