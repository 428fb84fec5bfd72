import type { Change } from '../../../contracts/messages/change.ts';
import type { Viewer } from '../../../domain/access/viewer.ts';
import { notFound } from '../../../domain/refusal.ts';
import { viewerOf, type Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { visibleProjects } from '../../visibility.ts';
import { builder } from '../builder.ts';
import { ProjectRef } from '../types.ts';
import { stillVisible } from '../still-visible.ts';

async function visibleProject(context: Context, which: { readonly slug: string } | { readonly id: string }) {
  const project = await context.reader.project.findFirst({ where: { ...which, ...visibleProjects(viewerOf(context)) } });
  if (!project) throw notFound('project/unknown', 'There is no such project, or you may not see it.');
  return project;
}

builder.subscriptionField('projectUpdated', (t) => t.field({
  type: ProjectRef,
  description: 'Something in the project changed: its experiments, hypotheses or runs. Says the state of now at once, then after every change. Without a slug: any project one may see, also one that is made later.',
  args: { slug: t.arg.string(), talk: t.arg.boolean({ defaultValue: true, description: 'Whether what is said in threads counts.' }) },
  subscribe: async (_, { slug, talk }, context) => {
    const counts = ({ noun }: Change): boolean => talk !== false || noun !== 'thread';
    if (slug == null) return changesOfVisibleProjects(context, viewerOf(context), counts);
    const { id } = await visibleProject(context, { slug });
    return changesOfProject(context, id, counts);
  },
  resolve: ({ projectId }, _args, context) => visibleProject(context, { id: projectId ?? '' }),
}));

/** Ends with a refusal when the viewer may not see the project any more: that something happens there is not theirs to know either. */
const changesOfProject = (context: Context, id: string, counts: (change: Change) => boolean): AsyncGenerator<Change> => leavable(async function* (leaving) {
  const changes = context.changes.subscribe((change) => change.projectId === id && counts(change), leaving);
  yield subscribed(id);
  for await (const change of changes) {
    const visible = await stillVisible(context, () => visibleProject(context, { id }));
    yield change;
    if (!visible) return;
  }
});

/** What the viewer may not see is not even told as a refusal: that would say that something happens there. */
const changesOfVisibleProjects = (context: Context, viewer: Viewer, counts: (change: Change) => boolean): AsyncGenerator<Change> => leavable(async function* (leaving) {
  const changes = context.changes.subscribe((change) => change.projectId !== null && counts(change), leaving);
  const some = await context.reader.project.findFirst({ where: visibleProjects(viewer), select: { id: true } });
  if (some) yield subscribed(some.id);
  for await (const change of changes) {
    if (await stillVisible(context, () => visibleProject(context, { id: change.projectId ?? '' }))) yield change;
  }
});

/** Told first: whoever comes (back) reads the state of now. */
const subscribed = (id: string): Change => ({ noun: 'project', id, verb: 'subscribed', projectId: id, experimentId: null, subjectId: null });
