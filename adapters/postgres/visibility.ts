import { Prisma } from '../../generated/prisma/client.ts';
import type { Viewer } from '../../domain/access/viewer.ts';

/**
 * The projects whose rows exist for this viewer, as SQL on the alias `p` of table projects: the sentence of domain/access/viewer.ts `roleIn(…) !== null`.
 * server/visibility.ts says the same to Prisma, and test/api/visibility.test.ts holds the three equal. Tables of nouns join `projects p` and add this.
 */
export function visibleProjectSql(viewer: Viewer): Prisma.Sql {
  if (viewer.organizationRole === 'OWNER') return Prisma.sql`p.organization_id = ${viewer.organizationId}`;
  return Prisma.sql`p.organization_id = ${viewer.organizationId} AND (p.open_role IS NOT NULL OR EXISTS (SELECT 1 FROM memberships m WHERE m.project_id = p.id AND m.person_id = ${viewer.personId}))`;
}

/** The same for SQL that is sent with the plain pg pool: `$n` counts up from `from`. */
export function visibleProjectText(viewer: Viewer, from: number): { readonly text: string; readonly values: readonly string[] } {
  if (viewer.organizationRole === 'OWNER') return { text: `p.organization_id = $${from}`, values: [viewer.organizationId] };
  return {
    text: `p.organization_id = $${from} AND (p.open_role IS NOT NULL OR EXISTS (SELECT 1 FROM memberships m WHERE m.project_id = p.id AND m.person_id = $${from + 1}))`,
    values: [viewer.organizationId, viewer.personId],
  };
}
