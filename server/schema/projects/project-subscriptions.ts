import { notFound } from '../../../domain/refusal.ts';
import { viewerOf, type Context } from '../../context.ts';
import { visibleProjects } from '../../visibility.ts';
import { builder } from '../builder.ts';
import { ProjectRef } from '../types.ts';
import { changesWanted } from '../changes.ts';

async function visibleProject(context: Context, slug: string) {
  const project = await context.reader.project.findFirst({ where: { slug, ...visibleProjects(viewerOf(context)) } });
  if (!project) throw notFound('project/unknown', 'There is no such project, or you may not see it.');
  return project;
}

builder.subscriptionField('projectUpdated', (t) => t.field({
  type: ProjectRef,
  description: 'Something in the project changed: its experiments, hypotheses or runs. Says the state of now at once, then after every change.',
  args: { slug: t.arg.string({ required: true }) },
  subscribe: async (_, { slug }, context) => {
    const { id } = await visibleProject(context, slug);
    return changesWanted(context, { noun: 'project', id, verb: 'subscribed', projectId: id, experimentId: null, subjectId: null }, (change) => change.projectId === id);
  },
  resolve: (_event, { slug }, context) => visibleProject(context, slug),
}));
