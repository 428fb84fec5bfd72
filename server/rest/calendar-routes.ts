import ical, { ICalEventStatus } from 'ical-generator';
import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import type { Meeting } from '../../generated/prisma/client.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { visibleProjects } from '../visibility.ts';
import type { Pieces } from './send-pieces.ts';

interface CalendarCall { readonly viewer: Viewer; readonly name: string }

/** As many as a calendar shows: the newest. */
const MOST_MEETINGS = 200;

/** The handlers of calendar files: one meeting, and all of a project to subscribe to. */
export function calendarRoutes({ reader, env }: Pick<DoorDeps, 'reader' | 'env'>) {
  return {
    async readMeetingCalendar({ viewer, name }: CalendarCall): Promise<Pieces> {
      const meeting = await reader.meeting.findFirst({ where: { id: name, project: visibleProjects(viewer) } });
      if (!meeting) throw notFound('meeting/unknown', 'There is no such meeting, or you may not see it.');
      return calendarOf(env.publicUrl, meeting.title, [meeting]);
    },
    async readProjectCalendar({ viewer, name }: CalendarCall): Promise<Pieces> {
      const project = await reader.project.findFirst({ where: { slug: name, ...visibleProjects(viewer) }, select: { id: true, name: true } });
      if (!project) throw notFound('project/unknown', 'There is no such project, or you may not see it.');
      const meetings = await reader.meeting.findMany({ where: { projectId: project.id }, orderBy: [{ scheduledAt: 'desc' }, { id: 'desc' }], take: MOST_MEETINGS });
      return calendarOf(env.publicUrl, `${project.name}: reviews`, meetings);
    },
  };
}

async function* calendarOf(publicUrl: string, name: string, meetings: readonly Meeting[]): AsyncGenerator<string> {
  const calendar = ical({ name, prodId: { company: 'lemma', product: 'lemma', language: 'EN' } });
  for (const { id, title, scheduledAt, plannedMinutes, version } of meetings) {
    calendar.createEvent({
      id, summary: title, start: scheduledAt, end: new Date(scheduledAt.getTime() + plannedMinutes * 60_000), url: `${publicUrl}/m/${id}`, sequence: version,
      description: `The agenda, and the meeting itself: ${publicUrl}/m/${id}`, status: ICalEventStatus.CONFIRMED,
    });
  }
  yield calendar.toString();
}
