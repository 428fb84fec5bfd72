import { may } from '../../../domain/access/policy.ts';
import { rolesFrom } from '../../../domain/access/viewer.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { PersonRef, ProjectRef } from '../types.ts';

/** As many are looked at; who is not among them can be asked by address. */
const MOST_PEOPLE = 500;

/** Who may decide reviews in a project, by name. */
export async function reviewersIn({ reader }: Pick<Context, 'reader'>, project: Prisma.ProjectModel): Promise<Prisma.PersonModel[]> {
  const people = await reader.person.findMany({
    where: { organizationId: project.organizationId, disabledAt: null, OR: [{ organizationRole: 'OWNER' }, { memberships: { some: { projectId: project.id } } }, ...(project.openRole === null ? [] : [{}])] },
    include: { memberships: { where: { projectId: project.id }, select: { projectId: true, role: true } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }], take: MOST_PEOPLE,
  });
  return people.filter(({ id, memberships, ...person }) => may({ ...person, personId: id, roles: rolesFrom(memberships), signedIn: true }, 'review.decide', project));
}

builder.objectField(ProjectRef, 'reviewers', (t) => t.field({
  type: [PersonRef],
  complexity: 20,
  description: 'Who may decide reviews here, by name; of an organization of more than 500 people, those among the first 500.',
  resolve: (project, _, context) => reviewersIn(context, project),
}));
