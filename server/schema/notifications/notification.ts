import type { HappeningDetail, HappeningKind } from '../../../domain/notifications/happening.ts';
import { HAPPENING_KINDS } from '../../../domain/notifications/happening.ts';
import { notificationWords, type NotificationWords } from '../../../domain/notifications/words.ts';
import type { Notification, Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { visibleProjects } from '../../visibility.ts';
import { builder, connectionCost } from '../builder.ts';
import { connectionOf, cursorFrom, cursorKeys, pageFrom } from '../connection.ts';
import { experimentKey } from '../experiments/experiment.ts';
import { experimentOf, personOf, projectOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { ExperimentRef, NodeRef, PersonRef, ProjectRef } from '../types.ts';
import { ViewerRef } from '../viewer/viewer.ts';

export const HappeningKindEnum = builder.enumType('NotificationKind', { values: HAPPENING_KINDS, description: 'What one can be told of.' });

/** The same words as in mail, with today's names. */
export async function wordsOf(row: Notification, context: Context): Promise<NotificationWords> {
  const [project, experiment, actor] = await Promise.all([
    projectOf(context, row.projectId), row.experimentId === null ? null : experimentOf(context, row.experimentId), row.actorId === null ? null : personOf(context, row.actorId),
  ]);
  return notificationWords({ kind: row.kind as HappeningKind, occurrences: row.occurrences, detail: row.detail as HappeningDetail, actor: actor?.name ?? null, project: project ?? { name: '', slug: '' }, experiment: experiment ? { key: await experimentKey(context, experiment), name: experiment.name } : null });
}

const NotificationRef = builder.objectRef<Notification>('Notification').implement({
  interfaces: [NodeRef],
  description: 'Something the viewer is told. While it is unread, more of the same makes it count up instead of adding another.',
  fields: (t) => ({
    kind: t.field({ type: HappeningKindEnum, resolve: ({ kind }) => kind as HappeningKind }),
    title: t.string({ description: 'One sentence.', resolve: async (row, _, context) => (await wordsOf(row, context)).title }),
    text: t.string({ description: 'What else is known, or empty.', resolve: async (row, _, context) => (await wordsOf(row, context)).text }),
    path: t.string({ description: 'Where in Lemma it can be seen.', resolve: async (row, _, context) => (await wordsOf(row, context)).path }),
    occurrences: t.exposeInt('occurrences', { description: 'How many happenings it stands for.' }),
    firstAt: t.expose('firstAt', { type: 'DateTime' }),
    lastAt: t.expose('lastAt', { type: 'DateTime' }),
    readAt: t.expose('readAt', { type: 'DateTime', nullable: true }),
    actor: t.field({ type: PersonRef, nullable: true, description: 'Null when Lemma itself found it.', resolve: async ({ actorId }, _, context) => (actorId === null ? null : (await personOf(context, actorId)) ?? null) }),
    project: t.field({ type: ProjectRef, nullable: true, resolve: async ({ projectId }, _, context) => (await projectOf(context, projectId)) ?? null }),
    experiment: t.field({ type: ExperimentRef, nullable: true, resolve: async ({ experimentId }, _, context) => (experimentId === null ? null : (await experimentOf(context, experimentId)) ?? null) }),
  }),
});

/** One's own, of projects one may still see. */
const ownOf = (context: Context): Prisma.NotificationWhereInput => ({ personId: viewerOf(context).personId, project: visibleProjects(viewerOf(context)) });

builder.objectField(ViewerRef, 'notifications', (t) => t.field({
  type: connectionOf('Notification', NotificationRef),
  complexity: connectionCost,
  description: 'What the viewer was told, newest first; kept for 90 days.',
  args: { first: t.arg.int(), after: t.arg.string(), unread: t.arg.boolean({ description: 'Only those not read yet.' }) },
  resolve: async (_viewer, { first, after, unread }, context) => {
    const where: Prisma.NotificationWhereInput = { ...ownOf(context), ...(unread ? { readAt: null } : {}) };
    const [at, id] = cursorKeys(after, 2) ?? [];
    const past = at === undefined ? {} : { OR: [{ lastAt: { lt: new Date(Number(at)) } }, { lastAt: new Date(Number(at)), id: { lt: String(id) } }] };
    const rows = await context.reader.notification.findMany({ where: { AND: [where, past] }, orderBy: [{ lastAt: 'desc' }, { id: 'desc' }], take: pageSize(first) + 1 });
    return pageFrom({ rows, first, after, cursor: (row) => cursorFrom(row.lastAt.getTime(), row.id), totalCount: () => context.reader.notification.count({ where }) });
  },
}));

/** Beyond this the bell says "99+" anyway. */
const MOST_COUNTED = 100;

builder.objectField(ViewerRef, 'unreadNotifications', (t) => t.int({
  description: `How many are unread, counted up to ${MOST_COUNTED}.`,
  resolve: (_viewer, _args, context) => context.reader.notification.count({ where: { ...ownOf(context), readAt: null }, take: MOST_COUNTED }),
}));
