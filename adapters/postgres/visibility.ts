import type { Viewer } from '../../domain/access/viewer.ts';

/**
 * The projects whose rows exist for this viewer, as SQL on the alias `p` of table projects: the sentence of domain/access/viewer.ts `roleIn(…) !== null`.
 * `$n` counts up from `from`. server/visibility.ts says the same to Prisma, and test/api/visibility.test.ts holds the three equal.
 */
export function visibleProjectText(viewer: Viewer, from: number): { readonly text: string; readonly values: readonly string[] } {
  if (viewer.organizationRole === 'OWNER') return { text: `p.organization_id = $${from}`, values: [viewer.organizationId] };
  return {
    text: `p.organization_id = $${from} AND (p.open_role IS NOT NULL OR EXISTS (SELECT 1 FROM memberships m WHERE m.project_id = p.id AND m.person_id = $${from + 1}))`,
    values: [viewer.organizationId, viewer.personId],
  };
}
