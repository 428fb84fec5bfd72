import { afterAll, beforeAll } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresMetricPacking } from '../../adapters/postgres/metrics/metric-packing.ts';
import { postgresMetricPartitions } from '../../adapters/postgres/metrics/metric-partitions.ts';
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

/** The same store, with something done to a run after every append. */
function meddled(feed: LiveMetricsFeed, meddle: (runId: string, turn: number) => Promise<unknown>): MetricStore {
  const store = postgresMetricStore(database, feed);
  let turns = 0;
  const then = async (runId: string, appending: Promise<number>): Promise<number> => {
    const added = await appending;
    await meddle(runId, turns += 1);
    return added;
  };
  return {
    ...store,
    append: (runId, points) => then(runId, store.append(runId, points)),
    appendColumns: (runId, series, place) => then(runId, store.appendColumns(runId, series, place)),
  };
}

/** Packs a run after every append: now all of it, now as a run that goes on. Whatever a reader or writer does, it meets packed rows. */
storeContract('Postgres, packed at every turn', () => {
  const feed = new RecordingFeed();
  const packings = [postgresMetricPacking(database, { restMs: -1 }), postgresMetricPacking(database), postgresMetricPacking(database, { room: 7 })];
  return { store: meddled(feed, (runId, turn) => packings[turn % packings.length]?.pack(runId) ?? Promise.resolve()), published: feed.published };
});

/** Goes to another partition at every turn, so that no two appends lie in one; moves and drops partitions, and packs now and then. */
storeContract('Postgres, a partition an append', () => {
  const feed = new RecordingFeed();
  const partitions = postgresMetricPartitions(database, { boundBytes: 1 });
  const packing = postgresMetricPacking(database, { restMs: -1 });
  const meddle = async (runId: string, turn: number): Promise<void> => {
    await partitions.advance();
    if (turn % 3 === 0) await partitions.reclaim(new AbortController().signal);
    if (turn % 5 === 0) await packing.pack(runId);
  };
  return { store: meddled(feed, meddle), published: feed.published };
});
