import type { Viewer } from '../../domain/access/viewer.ts';
import { meetingTitle, plannedMinutes } from '../../domain/meetings/meeting.ts';
import { reachProject } from '../experiments/reach.ts';
import type { Meeting } from '../ports/meetings.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { writeDraft } from './write-draft.ts';

export interface CreateMeeting {
  /** The project's slug. */
  readonly project: string;
  readonly title?: string | null | undefined;
  /** Now when not said. */
  readonly scheduledAt?: Date | null | undefined;
  readonly plannedMinutes?: number | null | undefined;
  readonly votesHidden?: boolean | null | undefined;
}

const A_WEEK_MS = 7 * 24 * 3_600_000;

/** Makes a meeting, with an agenda drafted from what happened since the last one, or in the last week; resolves to its id. */
export async function createMeeting(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: CreateMeeting): Promise<string> {
  const title = meetingTitle(request.title);
  const minutes = plannedMinutes(request.plannedMinutes);
  return ports.store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, request.project, 'meeting.hold');
    const now = ports.clock.now();
    const meeting: Meeting = {
      id: ports.ids.next('meeting'), projectId: project.id, title, state: 'DRAFTED', scheduledAt: request.scheduledAt ?? now, plannedMinutes: minutes,
      weekFrom: (await tx.meetings.lastReviewedUpTo(project.id)) ?? ports.clock.after(-A_WEEK_MS), weekTo: now, votesHidden: request.votesHidden ?? false,
      presenterId: null, currentItemId: null, view: null, minutes: null, minutesNoteId: null, createdById: viewer.personId, createdAt: now, startedAt: null, endedAt: null, version: 1,
    };
    await tx.meetings.insert(meeting);
    await writeDraft(ports, tx, { meeting, now, personId: viewer.personId });
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'created' });
    return meeting.id;
  });
}
