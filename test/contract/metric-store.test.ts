import { afterAll, beforeAll } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import type { LiveMetricsFeed, LoggedSegment } from '../../operations/ports/metric-store.ts';
import { InMemoryMetricStore } from '../fakes/in-memory-metric-store.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';
import { metricStoreContract } from './metric-store.ts';

class RecordingFeed implements LiveMetricsFeed {
  readonly published: { runId: string; segment: LoggedSegment }[] = [];
  publish(runId: string, segment: LoggedSegment): void {
    this.published.push({ runId, segment });
  }
}

metricStoreContract('in memory', () => {
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

metricStoreContract('Postgres', () => {
  const feed = new RecordingFeed();
  return { store: postgresMetricStore(database, feed), published: feed.published };
});
