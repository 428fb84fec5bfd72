import type { Viewer } from '../../../domain/access/viewer.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { OrganizationRef } from '../people/organization.ts';
import { OrganizationRoleEnum } from '../people/roles.ts';
import { TokenRef } from '../tokens/token.ts';
import { PersonRef } from '../types.ts';

const ViewerAbilitiesRef = builder.objectRef<Viewer>('ViewerAbilities').implement({
  fields: (t) => ({
    createProject: t.boolean({ resolve: () => true }),
    invite: t.boolean({ description: 'Invite people to the organization; owners of a project may also invite to that project.', resolve: ({ organizationRole }) => organizationRole === 'OWNER' }),
    manageOrganization: t.boolean({ resolve: ({ organizationRole }) => organizationRole === 'OWNER' }),
  }),
});

export const ViewerRef = builder.objectRef<Viewer>('Viewer').implement({
  description: 'Who asks, and what this installation is.',
  fields: (t) => ({
    id: t.id({ resolve: ({ personId }) => `viewer:${personId}` }),
    person: t.field({ type: PersonRef, description: 'In local mode a caller without credentials is the owner.', resolve: ({ personId }, _, { reader }) => reader.person.findUniqueOrThrow({ where: { id: personId } }) }),
    organization: t.field({ type: OrganizationRef, resolve: ({ organizationId }, _, { reader }) => reader.organization.findUniqueOrThrow({ where: { id: organizationId } }) }),
    organizationRole: t.field({ type: OrganizationRoleEnum, resolve: ({ organizationRole }) => organizationRole }),
    localMode: t.boolean({ description: 'True when the installation trusts loopback callers (LEMMA_AUTH=local).', resolve: (_viewer, _args, { env }) => env.auth === 'local' }),
    signedIn: t.boolean({ description: 'True when this browser or client presented a session or token.', resolve: ({ signedIn }) => signedIn }),
    tokens: t.field({
      type: [TokenRef],
      description: "The viewer's own, newest first; revoked ones too.",
      resolve: ({ personId }, _, { reader }) => reader.token.findMany({ where: { personId }, orderBy: { createdAt: 'desc' }, take: 200 }),
    }),
    viewerCan: t.field({ type: ViewerAbilitiesRef, resolve: (viewer) => viewer }),
  }),
});

builder.queryField('viewer', (t) => t.field({ type: ViewerRef, resolve: (_root, _args, context) => viewerOf(context) }));
