import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, 2);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

// Without a listener the loss would be an exception that nobody caught: it ends a process, and fails a run of tests.
test('a connection that is lost while somebody holds it and asks nothing is told at the next query, and costs nobody else', async () => {
  const held = await database.pool.connect();
  const { rows: [asked] } = await held.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const ended = new Promise((resolve) => held.once('end', resolve));
  await database.pool.query('SELECT pg_terminate_backend($1)', [asked?.pid]);
  await ended;
  await expect(held.query('SELECT 1')).rejects.toThrow(/not queryable/);
  held.release(true);
  expect((await database.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});
