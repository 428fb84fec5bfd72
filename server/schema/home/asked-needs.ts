import { dueWords, MOST_NEEDS, type Need } from '../../../domain/home/need.ts';
import { viewerOf, type Context } from '../../context.ts';
import { visibleProjects } from '../../visibility.ts';
import { experimentKey } from '../experiments/experiment.ts';
import { experimentInSight, experimentOf, meetingOf, personOf } from '../loaders.ts';
import { wordsOf } from '../notifications/notification.ts';

// What others asked of the viewer. Each kind is one bounded statement, and its words come through loaders.

export async function reviewNeeds(context: Context): Promise<Need[]> {
  const rows = await context.reader.review.findMany({
    where: { reviewerId: viewerOf(context).personId, state: 'REQUESTED', experiment: { ...experimentInSight(context), deletedAt: null } }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: MOST_NEEDS,
  });
  const needs = await Promise.all(rows.map(async ({ id, experimentId, requestedById, createdAt }): Promise<Need | null> => {
    const [experiment, by] = await Promise.all([experimentOf(context, experimentId), requestedById === null ? null : personOf(context, requestedById)]);
    if (!experiment) return null;
    return { id, kind: 'REVIEW', title: `Review “${experiment.name}”`, reason: by ? `asked by ${by.name}` : 'your review is asked for', path: `/e/${await experimentKey(context, experiment)}`, experimentId, at: createdAt, dueOn: null };
  }));
  return needs.filter((need) => need !== null);
}

export async function mentionNeeds(context: Context): Promise<Need[]> {
  const viewer = viewerOf(context);
  const rows = await context.reader.notification.findMany({ where: { personId: viewer.personId, kind: 'MENTIONED', readAt: null, project: visibleProjects(viewer) }, orderBy: [{ lastAt: 'desc' }, { id: 'desc' }], take: MOST_NEEDS });
  return Promise.all(rows.map(async (row): Promise<Need> => {
    const { title, text, path } = await wordsOf(row, context);
    return { id: row.id, kind: 'MENTION', title, reason: text === '' ? 'not read yet' : `“${text}”`, path, experimentId: null, at: row.lastAt, dueOn: null };
  }));
}

export async function actionNeeds(context: Context): Promise<Need[]> {
  const viewer = viewerOf(context);
  const today = context.ports.clock.now().toISOString().slice(0, 10);
  const rows = await context.reader.actionItem.findMany({ where: { ownerId: viewer.personId, state: 'OPEN', project: visibleProjects(viewer) }, orderBy: [{ dueOn: { sort: 'asc', nulls: 'last' } }, { createdAt: 'asc' }, { id: 'asc' }], take: MOST_NEEDS });
  return Promise.all(rows.map(async ({ id, body, dueOn, meetingId, createdAt }): Promise<Need> => {
    const day = dueOn === null ? null : dueOn.toISOString().slice(0, 10);
    const days = dueOn === null ? 0 : Math.round((dueOn.getTime() - Date.parse(today)) / 86_400_000);
    const meeting = await meetingOf(context, meetingId);
    return { id, kind: 'ACTION', title: body, reason: `${dueWords(day, days)}${meeting ? `, from “${meeting.title}”` : ''}`, path: `/m/${meetingId}`, experimentId: null, at: createdAt, dueOn: day };
  }));
}
