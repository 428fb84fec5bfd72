import type { Viewer } from '../../domain/access/viewer.ts';
import { endingCloses, requireLive } from '../../domain/meetings/meeting.ts';
import { minutesOf } from '../../domain/meetings/minutes.ts';
import { pause } from '../../domain/meetings/timer.ts';
import { standingVotes } from '../../domain/meetings/votes.ts';
import type { Reached } from '../experiments/reach.ts';
import { beginNote } from '../notes/create-note.ts';
import type { Meeting } from '../ports/meetings.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { tracesOf } from './agenda-traces.ts';
import { announceMeeting } from './announce-meeting.ts';
import { reachMeeting } from './reach-meeting.ts';

export interface EndMeeting {
  readonly meeting: string;
  /** Makes of the minutes what a note begins with; how Markdown is read is the door's business. */
  readonly documentFrom: (markdown: string) => unknown;
}

/** Ends it: time stops, what was talked about is closed and its votes counted, and the minutes are written from the record, as a note about the meeting. What was given to people to do stays open. */
export async function endMeeting(ports: Pick<Ports, 'store' | 'clock' | 'ids' | 'noteDocuments'>, viewer: Viewer, { meeting: meetingId, documentFrom }: EndMeeting): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const reached = await reachMeeting(tx, viewer, meetingId, 'meeting.hold');
    const { thing: meeting } = reached;
    requireLive(meeting.state);
    const now = ports.clock.now();
    const items = await tx.meetings.items(meeting.id);
    const traces = await tracesOf(tx, meeting.id, items, now);
    for (const item of items) {
      if (item.closedAt === null && endingCloses(traces(item))) await tx.meetings.updateItem(item.id, { ...pause(item, now), closedAt: now });
    }
    const minutes = await writeMinutes(tx, reached, now);
    const note = { subject: meeting.id, title: `Minutes: ${meeting.title}, ${now.toISOString().slice(0, 10)}`.slice(0, 200), document: documentFrom(minutes) };
    await tx.meetings.update(meeting.id, { state: 'ENDED', endedAt: now, minutes, minutesNoteId: await beginNote(ports, tx, { viewer, given: note }) });
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'ended' });
    return meeting.id;
  });
}

async function writeMinutes(tx: Transaction, { thing: meeting, project }: Reached<Meeting>, endedAt: Date): Promise<string> {
  const [items, decisions, actions, stays] = [await tx.meetings.items(meeting.id), await tx.meetings.decisions(meeting.id), await tx.meetings.actions(meeting.id), await tx.meetings.attendances(meeting.id)];
  const votes = await tx.meetings.votes(items.map(({ id }) => id));
  const names = await tx.meetings.names([...decisions.map(({ recordedById }) => recordedById), ...actions.map(({ ownerId }) => ownerId), ...stays.map(({ personId }) => personId)]);
  const links = await tx.meetings.links([...items, ...decisions].map(({ subjectId }) => subjectId).filter((id) => id !== null));
  const nameOf = (id: string): string => names.get(id) ?? 'somebody';
  const linkOf = (id: string | null) => (id === null ? null : links.get(id) ?? null);
  return minutesOf({
    id: meeting.id, title: meeting.title, projectName: project.name, startedAt: meeting.startedAt, endedAt,
    attendance: stays.map(({ personId, cameAt, seenAt }) => ({ name: nameOf(personId), from: cameAt, until: seenAt })),
    items: items.map((item) => ({ ...item, subject: linkOf(item.subjectId), votes: standingVotes(votes.filter(({ itemId }) => itemId === item.id)) })),
    decisions: decisions.map(({ itemId, body, recordedById, subjectId }) => ({ itemId, body, byName: nameOf(recordedById), subject: linkOf(subjectId) })),
    actions: actions.map(({ itemId, body, ownerId, dueOn, state }) => ({ itemId, body, ownerName: nameOf(ownerId), dueOn, settled: state === 'OPEN' ? null : state })),
  });
}
