import type { Meeting } from '../ports/meetings.ts';
import type { Transaction } from '../ports/store.ts';

interface MeetingEvent {
  readonly actorId: string;
  readonly verb: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Raises the meeting's version, tells those who watch it, and keeps who did it. */
export async function announceMeeting(tx: Transaction, meeting: Pick<Meeting, 'id' | 'projectId' | 'version'>, { actorId, verb, detail }: MeetingEvent): Promise<void> {
  const { id, projectId, version } = meeting;
  await tx.meetings.update(id, { version: version + 1 });
  await tx.outbox.change({ noun: 'meeting', id, verb, projectId, experimentId: null, subjectId: null });
  await tx.audit.append({ projectId, actorId, action: `meeting.${verb}`, subjectKind: 'meeting', subjectId: id, ...(detail ? { detail } : {}) });
}
