import { afterAll, beforeAll, expect, it } from 'vitest';
import { visibleProjectText } from '../../adapters/postgres/visibility.ts';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { systemIds } from '../../adapters/system/ambient.ts';
import { PROJECT_ROLES, roleIn, type OrganizationRole, type ProjectRole, type Viewer } from '../../domain/access/viewer.ts';
import { visibleProjects } from '../../server/visibility.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, 3);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function person(organizationId: string, organizationRole: OrganizationRole): Promise<string> {
  const id = systemIds.next('person');
  await database.prisma.person.create({ data: { id, organizationId, organizationRole, name: 'x', email: `${id}@example.org` } });
  return id;
}

async function viewerOf(personId: string): Promise<Viewer> {
  const { organizationId, organizationRole, memberships } = await database.prisma.person.findUniqueOrThrow({ where: { id: personId }, include: { memberships: true } });
  return { personId, organizationId, organizationRole, roles: new Map(memberships.map(({ projectId, role }) => [projectId, role])), signedIn: true };
}

it('the domain, Prisma and SQL agree on which projects every viewer may see', async () => {
  const { prisma, pool } = database;
  const people: string[] = [];
  for (const organizationId of ['org_a', 'org_b']) {
    await prisma.organization.create({ data: { id: organizationId, slug: organizationId, name: organizationId } });
    people.push(await person(organizationId, 'OWNER'), await person(organizationId, 'MEMBER'), await person(organizationId, 'MEMBER'));
    const [, member = ''] = people.slice(-3);
    const roles: readonly (ProjectRole | null)[] = [null, ...PROJECT_ROLES];
    for (const openRole of roles) {
      for (const role of roles) {
        const id = systemIds.next('project');
        await prisma.project.create({ data: { id, organizationId, slug: id.slice(4), key: id.slice(4).toUpperCase(), name: 'x', openRole, memberships: role ? { create: [{ personId: member, role }] } : {} } });
      }
    }
  }
  const all = await prisma.project.findMany();
  const sorted = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id).toSorted();
  const counts: number[] = [];
  for (const personId of people) {
    const viewer = await viewerOf(personId);
    const byDomain = sorted(all.filter((project) => roleIn(viewer, project) !== null));
    expect(sorted(await prisma.project.findMany({ where: visibleProjects(viewer) }))).toEqual(byDomain);
    const { text, values } = visibleProjectText(viewer, 2);
    expect(sorted((await pool.query<{ id: string }>(`SELECT p.id FROM projects p WHERE $1 AND ${text}`, [true, ...values])).rows)).toEqual(byDomain);
    counts.push(byDomain.length);
  }
  // Owner; member of 5 of the 6 closed ones; member of none.
  expect(counts).toEqual([36, 35, 30, 36, 35, 30]);
});
