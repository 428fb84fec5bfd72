import { may } from '../../../domain/access/policy.ts';
import { roleIn, type ProjectAccess, type Viewer } from '../../../domain/access/viewer.ts';
import { viewerOf } from '../../context.ts';
import { visibleProjects } from '../../visibility.ts';
import { builder, connectionCost } from '../builder.ts';
import { connectionOf, cursorFrom, cursorKeys, pageFrom } from '../connection.ts';
import { pageSize } from '../page-size.ts';
import { ProjectRoleEnum } from '../people/roles.ts';
import { DiscussedRef, NodeRef, ProjectRef } from '../types.ts';
import { MemberRef, membersOf } from './member.ts';

export const PolicyPresetEnum = builder.enumType('PolicyPreset', { description: 'How much governance a project uses.', values: ['SOLO', 'GROWING', 'MATURE'] as const });

const ProjectAbilitiesRef = builder.objectRef<{ readonly viewer: Viewer; readonly project: ProjectAccess }>('ProjectAbilities').implement({
  description: 'What the viewer may do here; buttons follow it.',
  fields: (t) => ({
    write: t.boolean({ description: 'Propose hypotheses, create experiments, log runs.', resolve: ({ viewer, project }) => may(viewer, 'experiment.create', project) }),
    comment: t.boolean({ description: 'Say something about it, and answer.', resolve: ({ viewer, project }) => may(viewer, 'thread.comment', project) }),
    review: t.boolean({ resolve: ({ viewer, project }) => may(viewer, 'review.decide', project) }),
    share: t.boolean({ resolve: ({ viewer, project }) => may(viewer, 'share.create', project) }),
    manage: t.boolean({ description: 'Edit and archive the project, move its experiments.', resolve: ({ viewer, project }) => may(viewer, 'project.edit', project) }),
    administer: t.boolean({ description: 'Say who may see the project and with which role.', resolve: ({ viewer, project }) => may(viewer, 'member.manage', project) }),
  }),
});

ProjectRef.implement({
  interfaces: [NodeRef, DiscussedRef],
  description: 'The unit of membership, policy and baseline.',
  fields: (t) => ({
    slug: t.exposeString('slug'),
    key: t.exposeString('key', { description: 'Starts the keys of its experiments: VIS in VIS-42.' }),
    name: t.exposeString('name'),
    description: t.exposeString('description', { nullable: true, description: 'Markdown.' }),
    restricted: t.boolean({ description: 'Seen by its members only; else by every member of the organization.', resolve: ({ openRole }) => openRole === null }),
    policyPreset: t.expose('policyPreset', { type: PolicyPresetEnum }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true }),
    members: t.field({ type: [MemberRef], resolve: async ({ id }, _, context) => [...(await membersOf(context, id) ?? [])] }),
    viewerRole: t.field({ type: ProjectRoleEnum, nullable: true, resolve: (project, _, context) => roleIn(viewerOf(context), project) }),
    viewerCan: t.field({ type: ProjectAbilitiesRef, resolve: (project, _, context) => ({ viewer: viewerOf(context), project }) }),
  }),
});

builder.queryField('project', (t) => t.field({
  type: ProjectRef,
  nullable: true,
  args: { slug: t.arg.string({ required: true }) },
  resolve: (_, { slug }, context) => context.reader.project.findFirst({ where: { slug, ...visibleProjects(viewerOf(context)) } }),
}));

builder.queryField('projects', (t) => t.field({
  type: connectionOf('Project', ProjectRef),
  description: 'Those the viewer may see, by slug; archived ones too.',
  args: { first: t.arg.int(), after: t.arg.string() },
  complexity: connectionCost,
  resolve: async (_, { first, after }, context) => {
    const where = visibleProjects(viewerOf(context));
    const [slug] = cursorKeys(after, 1) ?? [];
    const rows = await context.reader.project.findMany({ where: slug === undefined ? where : { AND: [where, { slug: { gt: String(slug) } }] }, orderBy: { slug: 'asc' }, take: pageSize(first) + 1 });
    return pageFrom({ rows, first, after, cursor: (project) => cursorFrom(project.slug), totalCount: () => context.reader.project.count({ where }) });
  },
}));
