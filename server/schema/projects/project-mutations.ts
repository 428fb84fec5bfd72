import { addMember } from '../../../operations/projects/add-member.ts';
import { createProject } from '../../../operations/projects/create-project.ts';
import { removeMember } from '../../../operations/projects/remove-member.ts';
import { updateProject } from '../../../operations/projects/update-project.ts';
import type { Membership } from '../../../generated/prisma/client.ts';
import type { Project } from '../../../operations/ports/projects.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { ProjectRoleEnum } from '../people/roles.ts';
import { ProjectRef } from '../types.ts';
import { MemberRef } from './member.ts';
import { PolicyPresetEnum } from './project.ts';

/** Who just wrote may read; the row is read back as it was committed. */
const projectNow = ({ reader }: Context, id: string) => reader.project.findUniqueOrThrow({ where: { id } });

const payloadForWhoWrote = (name: string) => builder.objectRef<{ readonly project: Pick<Project, 'id'> }>(name).implement({
  fields: (t) => ({ project: t.field({ type: ProjectRef, resolve: ({ project }, _, context) => projectNow(context, project.id) }) }),
});

const CreateProjectInput = builder.inputType('CreateProjectInput', {
  fields: (t) => ({
    slug: t.string({ required: true }),
    name: t.string({ required: true }),
    key: t.string({ description: 'Made from the slug when absent.' }),
    description: t.string(),
    restricted: t.boolean(),
  }),
});

builder.mutationField('createProject', (t) => t.field({
  type: payloadForWhoWrote('CreateProjectPayload'),
  args: { input: t.arg({ type: CreateProjectInput, required: true }) },
  resolve: async (_, { input }, context) => {
    const project = await createProject(context.ports, viewerOf(context), input);
    await context.refreshViewer();
    return { project };
  },
}));

const UpdateProjectInput = builder.inputType('UpdateProjectInput', {
  fields: (t) => ({
    project: t.string({ required: true, description: 'Its slug.' }),
    name: t.string(),
    description: t.string(),
    restricted: t.boolean(),
    policyPreset: t.field({ type: PolicyPresetEnum }),
    archived: t.boolean(),
  }),
});

builder.mutationField('updateProject', (t) => t.field({
  type: payloadForWhoWrote('UpdateProjectPayload'),
  args: { input: t.arg({ type: UpdateProjectInput, required: true }) },
  resolve: async (_, { input }, context) => ({ project: await updateProject(context.ports, viewerOf(context), input) }),
}));

const AddMemberInput = builder.inputType('AddMemberInput', {
  fields: (t) => ({
    project: t.string({ required: true, description: "The project's slug." }),
    email: t.string({ required: true }),
    role: t.field({ type: ProjectRoleEnum, required: true }),
  }),
});

const AddMemberPayload = builder.objectRef<{ readonly projectId: string; readonly personId: string }>('AddMemberPayload').implement({
  fields: (t) => ({
    member: t.field({
      type: MemberRef,
      resolve: ({ projectId, personId }, _, { reader }): Promise<Membership> => reader.membership.findUniqueOrThrow({ where: { projectId_personId: { projectId, personId } } }),
    }),
  }),
});

builder.mutationField('addMember', (t) => t.field({
  type: AddMemberPayload,
  args: { input: t.arg({ type: AddMemberInput, required: true }) },
  resolve: async (_, { input }, context) => {
    const member = await addMember(context.ports, viewerOf(context), input);
    await context.refreshViewer();
    return member;
  },
}));

const RemoveMemberInput = builder.inputType('RemoveMemberInput', { fields: (t) => ({ project: t.string({ required: true }), email: t.string({ required: true }) }) });

builder.mutationField('removeMember', (t) => t.field({
  type: payloadForWhoWrote('RemoveMemberPayload'),
  args: { input: t.arg({ type: RemoveMemberInput, required: true }) },
  resolve: async (_, { input }, context) => {
    const project = await removeMember(context.ports, viewerOf(context), input);
    await context.refreshViewer();
    return { project };
  },
}));
