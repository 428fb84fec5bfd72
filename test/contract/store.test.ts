import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresStore } from '../../adapters/postgres/store.ts';
import { systemIds } from '../../adapters/system/ambient.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';

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

test('a transaction that throws leaves nothing behind', async () => {
  const store = postgresStore(database, systemIds);
  await expect(store.transaction(async (tx) => {
    await tx.settings.put('half', true);
    throw new Error('power cut');
  })).rejects.toThrow('power cut');
  expect(await store.transaction((tx) => tx.settings.get('half'))).toBeUndefined();
});

test('of two that wait for each other, the one that Postgres gives up on runs again, and both happen', async () => {
  const store = postgresStore(database, systemIds);
  await store.transaction(async (tx) => { await tx.settings.put('left', 0); await tx.settings.put('right', 0); });
  let holding = 0;
  const both = Promise.withResolvers<void>();
  const add = (first: string, second: string) => store.transaction(async (tx) => {
    await tx.settings.lock(first);
    holding += 1;
    if (holding === 2) both.resolve();
    await both.promise;
    await tx.settings.lock(second);
    for (const key of [first, second]) await tx.settings.put(key, Number(await tx.settings.get(key)) + 1);
  });
  await Promise.all([add('left', 'right'), add('right', 'left')]);
  expect(await store.transaction(async (tx) => [await tx.settings.get('left'), await tx.settings.get('right')])).toEqual([2, 2]);
});
