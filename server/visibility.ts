import type { Viewer } from '../domain/access/viewer.ts';
import type { Prisma } from '../generated/prisma/client.ts';

/**
 * The projects whose rows exist for this viewer: the same sentence as domain/access/viewer.ts `roleIn(…) !== null`, told to Postgres.
 * Every read of every noun goes through it: `where: { id: { in: ids }, project: visibleProjects(viewer) }`.
 */
export function visibleProjects(viewer: Viewer): Prisma.ProjectWhereInput {
  if (viewer.organizationRole === 'OWNER') return { organizationId: viewer.organizationId };
  return { organizationId: viewer.organizationId, OR: [{ openRole: { not: null } }, { memberships: { some: { personId: viewer.personId } } }] };
}

export const visibleLoggedModels = (viewer: Viewer): Prisma.LoggedModelWhereInput => ({ experiment: { project: visibleProjects(viewer) } });

/** The sentence of domain/models/ownership.ts `roleOver(…) !== null`. */
export function visibleRegisteredModels(viewer: Viewer): Prisma.RegisteredModelWhereInput {
  const { organizationId, organizationRole, personId } = viewer;
  if (organizationRole === 'OWNER') return { organizationId };
  return { organizationId, OR: [{ project: visibleProjects(viewer) }, { projectId: null, createdById: personId }] };
}

/** Of a model that is visible: the sentence of domain/models/ownership.ts `mayReadVersion(…)`. */
export const visibleVersions = (viewer: Viewer): Prisma.ModelVersionWhereInput => ({
  AND: [
    { OR: [{ runId: null }, { run: { experiment: { project: visibleProjects(viewer) } } }] },
    { OR: [{ modelId: null }, { model: visibleLoggedModels(viewer) }] },
  ],
});
