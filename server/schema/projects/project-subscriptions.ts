import type { Change } from '../../../contracts/messages/change.ts';
import type { Viewer } from '../../../domain/access/viewer.ts';
import { notFound } from '../../../domain/refusal.ts';
import { viewerOf, type Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { visibleProjects } from '../../visibility.ts';
import { builder } from '../builder.ts';
import { ProjectRef } from '../types.ts';
import { changesWanted } from '../changes.ts';
import { stillVisible } from '../still-visible.ts';

async function visibleProject(context: Context, which: { readonly slug: string } | { readonly id: string }) {
  const project = await context.reader.project.findFirst({ where: { ...which, ...visibleProjects(viewerOf(context)) } });
  if (!project) throw notFound('project/unknown', 'There is no such project, or you may not see it.');
  return project;
}

builder.subscriptionField('projectUpdated', (t) => t.field({
  type: ProjectRef,
  description: 'Something in the project changed: its experiments, hypotheses or runs. Says the state of now at once, then after every change. Without a slug: any project one may see, also one that is made later.',
  args: { slug: t.arg.string() },
  subscribe: async (_, { slug }, context) => {
    if (slug == null) return changesOfVisibleProjects(context, viewerOf(context));
    const { id } = await visibleProject(context, { slug });
    return changesWanted(context, subscribed(id), (change) => change.projectId === id);
  },
  resolve: ({ projectId }, _args, context) => visibleProject(context, { id: projectId ?? '' }),
}));

/** What the viewer may not see is not even told as a refusal: that would say that something happens there. */
const changesOfVisibleProjects = (context: Context, viewer: Viewer): AsyncGenerator<Change> => leavable(async function* (leaving) {
  const changes = context.changes.subscribe(({ projectId }) => projectId !== null, leaving);
  const some = await context.reader.project.findFirst({ where: visibleProjects(viewer), select: { id: true } });
  if (some) yield subscribed(some.id);
  for await (const change of changes) {
    if (await stillVisible(context, () => visibleProject(context, { id: change.projectId ?? '' }))) yield change;
  }
});

/** Told first: whoever comes (back) reads the state of now. */
const subscribed = (id: string): Change => ({ noun: 'project', id, verb: 'subscribed', projectId: id, experimentId: null, subjectId: null });
