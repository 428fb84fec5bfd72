import type { Membership } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';
import { builder } from '../builder.ts';
import { personOf, projectOf } from '../loaders.ts';
import { ProjectRoleEnum } from '../people/roles.ts';
import { PersonRef, ProjectRef } from '../types.ts';

/** Reads through a project or payload the viewer may see, so the rows it points at are there. */
async function there<T>(found: Promise<T | undefined>): Promise<T> {
  const value = await found;
  if (value === undefined) throw new Error('a membership points at nothing the viewer may see');
  return value;
}

export const MemberRef = builder.objectRef<Membership>('Member').implement({
  description: 'A person with a role of their own in a project, beside the one every member of the organization may hold.',
  fields: (t) => ({
    id: t.id({ resolve: ({ projectId, personId }) => `${projectId}:${personId}` }),
    person: t.field({ type: PersonRef, resolve: ({ personId }, _, context) => there(personOf(context, personId)) }),
    role: t.expose('role', { type: ProjectRoleEnum }),
    project: t.field({ type: ProjectRef, resolve: ({ projectId }, _, context) => there(projectOf(context, projectId)) }),
  }),
});

/** Strongest role first, then in the order they came. Only for projects the viewer was shown. */
export const membersOf = batchedRows<string, readonly Membership[]>(async (ids, { reader }) => {
  const members = await reader.membership.findMany({ where: { projectId: { in: [...ids] } }, orderBy: [{ role: 'desc' }, { createdAt: 'asc' }] });
  return new Map(ids.map((id) => [id, members.filter(({ projectId }) => projectId === id)]));
});
