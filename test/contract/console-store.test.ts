import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresConsoleStore } from '../../adapters/postgres/console/console-store.ts';
import type { ConsoleNews, LiveConsoleFeed } from '../../operations/ports/console-store.ts';
import { InMemoryConsoleStore } from '../fakes/in-memory-console-store.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';
import { consoleStoreContract } from './console-store.ts';

class RecordingFeed implements LiveConsoleFeed {
  readonly published: { runId: string; news: ConsoleNews }[] = [];
  publish(runId: string, news: ConsoleNews): void {
    this.published.push({ runId, news });
  }
}

consoleStoreContract('in memory', (bounds) => {
  const feed = new RecordingFeed();
  return { store: new InMemoryConsoleStore(feed, bounds), published: feed.published };
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

consoleStoreContract('Postgres', (bounds) => {
  const feed = new RecordingFeed();
  return { store: postgresConsoleStore(database, feed, bounds ? { bounds } : {}), published: feed.published };
});

it('a console of many small batches is few rows in Postgres', async () => {
  const store = postgresConsoleStore(database, new RecordingFeed());
  for (let sequence = 0; sequence < 300; sequence += 1) await store.append('small-batches', [{ stream: 'stdout', source: '', sequence, time: sequence, text: `step ${sequence}: loss ${Math.sin(sequence)}` }]);
  const { rows } = await database.pool.query<{ chunks: string; bytes: string }>("SELECT count(*) AS chunks, sum(length(data)) AS bytes FROM console_chunks WHERE run_id = 'small-batches'");
  expect(Number(rows[0]?.chunks)).toBe(1);
  expect(Number(rows[0]?.bytes)).toBeLessThan(300 * 20);
});

it('more than may wait is sent away, to come back in a moment', async () => {
  const store = postgresConsoleStore(database, new RecordingFeed(), { turns: { atOnce: 1, bytes: 1_000 } });
  const append = (sequence: number) => store.append('busy', [{ stream: 'stdout', source: '', sequence, time: 0, text: 'x'.repeat(600) }]);
  const [first, second] = await Promise.allSettled([append(0), append(1)]);
  expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
  expect(second).toMatchObject({ reason: { family: 'rate-limited', code: 'console/busy' } });
  expect((await append(1)).added).toBe(1);
});
