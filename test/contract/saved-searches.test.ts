import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresStore } from '../../adapters/postgres/store.ts';
import { systemClock, systemIds } from '../../adapters/system/ambient.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { Refusal } from '../../domain/refusal.ts';
import { MOST_SEARCHES } from '../../domain/saved-searches/saved-search.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import { renameSearch, saveSearch } from '../../operations/saved-searches/save-search.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';

let fresh: FreshDatabase;
let database: Database;
let ports: Pick<Ports, 'store' | 'clock' | 'ids'>;
const viewer = (personId: string): Viewer => ({ personId, organizationId: 'org_1', organizationRole: 'MEMBER', roles: new Map(), signedIn: true });
const [ada, ben] = [viewer('per_ada'), viewer('per_ben')];

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  ports = { store: postgresStore(database, systemIds), clock: systemClock, ids: systemIds };
  await database.prisma.organization.create({ data: { id: 'org_1', slug: 'org', name: 'Org' } });
  for (const { personId } of [ada, ben]) await database.prisma.person.create({ data: { id: personId, organizationId: 'org_1', name: personId, email: `${personId}@example.org` } });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** What became of each: "ok", or the code of the refusal. */
const outcomes = async (attempts: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(attempts)).map((each) => (each.status === 'fulfilled' ? 'ok' : each.reason instanceof Refusal ? each.reason.code : String(each.reason))).toSorted();

test('of two that take one name at once, one is told that it is taken; another person has it too', async () => {
  const save = (who: Viewer) => saveSearch(ports, who, { name: 'mixup', state: 'q=mixup' });
  expect(await outcomes([save(ada), save(ada), save(ben)])).toEqual(['ok', 'ok', 'saved-search/name-taken']);
  const { id } = await saveSearch(ports, ada, { name: 'cutmix', state: 'q=cutmix' });
  expect(await outcomes([renameSearch(ports, ada, { savedSearch: id, name: 'mixup' }), renameSearch(ports, ben, { savedSearch: id, name: 'mine' })])).toEqual(['saved-search/name-taken', 'saved-search/unknown']);
  await expect(renameSearch(ports, ada, { savedSearch: id, name: 'cutmix' })).resolves.toMatchObject({ name: 'cutmix' });
});

test('there are never more than a list holds, however many are saved at once', async () => {
  const has = await database.prisma.savedSearch.count({ where: { personId: ada.personId } });
  const now = new Date(0);
  await database.prisma.savedSearch.createMany({ data: Array.from({ length: MOST_SEARCHES - has - 2 }, (_, at) => ({ id: `svs_${at}`, personId: ada.personId, name: `search ${at}`, state: 'q=a', createdAt: now, updatedAt: now })) });
  expect(await outcomes(['a', 'b', 'c', 'd'].map((name) => saveSearch(ports, ada, { name, state: 'q=a' })))).toEqual(['ok', 'ok', 'saved-search/too-many', 'saved-search/too-many']);
});

test('they go with the person', async () => {
  await database.prisma.person.delete({ where: { id: ada.personId } });
  expect(await database.prisma.savedSearch.findMany({ select: { personId: true } })).toEqual([{ personId: ben.personId }]);
});
