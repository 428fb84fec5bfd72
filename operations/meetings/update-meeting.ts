import type { Viewer } from '../../domain/access/viewer.ts';
import { meetingTitle, plannedMinutes, requireNotEnded } from '../../domain/meetings/meeting.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { reachMeeting } from './reach-meeting.ts';

/** What is null or absent stays as it is. */
export interface UpdateMeeting {
  readonly meeting: string;
  readonly title?: string | null | undefined;
  readonly scheduledAt?: Date | null | undefined;
  readonly plannedMinutes?: number | null | undefined;
  readonly votesHidden?: boolean | null | undefined;
}

export async function updateMeeting(ports: Pick<Ports, 'store'>, viewer: Viewer, request: UpdateMeeting): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: meeting } = await reachMeeting(tx, viewer, request.meeting, 'meeting.hold');
    requireNotEnded(meeting.state);
    await tx.meetings.update(meeting.id, {
      title: meetingTitle(request.title ?? meeting.title), scheduledAt: request.scheduledAt ?? meeting.scheduledAt,
      plannedMinutes: plannedMinutes(request.plannedMinutes, meeting.plannedMinutes), votesHidden: request.votesHidden ?? meeting.votesHidden,
    });
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'updated' });
    return meeting.id;
  });
}
