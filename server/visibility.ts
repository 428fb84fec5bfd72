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
