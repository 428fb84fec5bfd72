import type { Invitation, Organization } from '../../../generated/prisma/client.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { projectOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { PersonRef, ProjectRef } from '../types.ts';
import { ProjectRoleEnum } from './roles.ts';

export const InvitationRef = builder.objectRef<Invitation>('Invitation').implement({
  description: 'Somebody asked in who has not come yet.',
  fields: (t) => ({
    id: t.exposeID('id'),
    email: t.exposeString('email'),
    role: t.expose('role', { type: ProjectRoleEnum, nullable: true, description: 'In the project, when one is named.' }),
    project: t.field({ type: ProjectRef, nullable: true, resolve: async ({ projectId }, _, context) => (projectId === null ? null : await projectOf(context, projectId) ?? null) }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

export const OrganizationRef = builder.objectRef<Organization>('Organization').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    slug: t.exposeString('slug'),
    people: t.field({
      type: [PersonRef],
      description: 'By name.',
      args: { first: t.arg.int({ defaultValue: 100 }) },
      resolve: ({ id }, { first }, { reader }) => reader.person.findMany({ where: { organizationId: id }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: pageSize(first, 100) }),
    }),
    invitations: t.field({
      type: [InvitationRef],
      description: 'Open ones, newest first: all for owners of the organization, else those the viewer made.',
      resolve: ({ id }, _, context) => {
        const viewer = viewerOf(context);
        return context.reader.invitation.findMany({
          where: { organizationId: id, acceptedAt: null, expiresAt: { gt: context.ports.clock.now() }, ...(viewer.organizationRole === 'OWNER' ? {} : { invitedById: viewer.personId }) },
          orderBy: { createdAt: 'desc' }, take: 200,
        });
      },
    }),
  }),
});
