import { afterAll, beforeAll, expect, it } from 'vitest';
import { visibleProjectText } from '../../adapters/postgres/visibility.ts';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { systemIds } from '../../adapters/system/ambient.ts';
import { PROJECT_ROLES, roleIn, type OrganizationRole, type ProjectRole, type Viewer } from '../../domain/access/viewer.ts';
import { mayReadVersion, roleOver } from '../../domain/models/ownership.ts';
import { visibleProjects, visibleRegisteredModels, visibleVersions } from '../../server/visibility.ts';
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

it('the domain and Prisma agree on which registered models and versions every viewer may see', async () => {
  const { prisma } = database;
  const people = await prisma.person.findMany();
  const projects = await prisma.project.findMany();
  const runs: string[] = [];
  for (const [index, { id: projectId }] of projects.entries()) {
    const [experimentId, runId] = [systemIds.next('experiment'), systemIds.run()];
    await prisma.experiment.create({ data: { id: experimentId, projectId, number: index, name: 'x' } });
    await prisma.run.create({ data: { id: runId, experimentId, name: 'x' } });
    await prisma.loggedModel.create({ data: { id: `m-${runId}`, experimentId, name: 'x', status: 'LOGGED_MODEL_READY' } });
    runs.push(runId);
  }
  const homes = [...projects.map(({ id, organizationId }) => ({ projectId: id, organizationId, createdById: null })), ...[...people, null].map((maker) => ({ projectId: null, organizationId: maker?.organizationId ?? 'org_a', createdById: maker?.id ?? null }))];
  for (const [index, home] of homes.entries()) {
    const id = systemIds.next('registered-model');
    await prisma.registeredModel.create({ data: { id, name: id, ...home } });
    const [runId, another] = [runs[(index * 7) % runs.length] ?? null, runs[(index * 5) % runs.length]];
    const origins = [{ runId: null, modelId: null }, { runId, modelId: null }, { runId: null, modelId: `m-${another}` }, { runId, modelId: `m-${another}` }];
    await prisma.modelVersion.createMany({ data: origins.map((origin, version) => ({ registeredModelId: id, version, source: 'x', ...origin })) });
  }
  const all = await prisma.registeredModel.findMany({
    include: { project: true, versions: { include: { run: { include: { experiment: { include: { project: true } } } }, model: { include: { experiment: { include: { project: true } } } } } } },
  });
  const shown = (models: readonly { readonly id: string; readonly versions: readonly { readonly version: number }[] }[]): string[] => models.map(({ id, versions }) => `${id} ${versions.map(({ version }) => version).toSorted((a, b) => a - b).join()}`).toSorted();
  const counts: number[] = [];
  for (const { id } of people) {
    const viewer = await viewerOf(id);
    const byDomain = all.filter((model) => roleOver(viewer, { ...model, home: model.project }) !== null).map((model) => ({
      id: model.id, versions: model.versions.filter(({ run, model: logged }) => mayReadVersion(viewer, [run, logged].flatMap((origin) => (origin ? [origin.experiment.project] : [])))),
    }));
    const byPrisma = await prisma.registeredModel.findMany({ where: visibleRegisteredModels(viewer), include: { versions: { where: visibleVersions(viewer) } } });
    expect(shown(byPrisma)).toEqual(shown(byDomain));
    counts.push(byDomain.length);
  }
  // Those of the projects above, and of the homeless ones all for the owner, their own for the rest.
  expect(counts.toSorted((a, b) => a - b)).toEqual([31, 31, 36, 36, 39, 40]);
});
