import type { Viewer } from '../../domain/access/viewer.ts';
import { decisionBody, requireLive, requireRoomForRecord } from '../../domain/meetings/meeting.ts';
import { conflict } from '../../domain/refusal.ts';
import type { AgendaItem, Decision } from '../ports/meetings.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { itemOf, reachMeeting, subjectIdOf } from './reach-meeting.ts';

export interface RecordDecision {
  readonly meeting: string;
  readonly body: string;
  readonly item?: string | null | undefined;
  /** The experiment or hypothesis it decides about; the item's own when not said. */
  readonly subject?: string | null | undefined;
  /** The decision that this one puts better. */
  readonly replaces?: string | null | undefined;
}

/** Keeps what the meeting decided. Nothing is changed later: a decision that is put better replaces the one before, which stays. Resolves to the meeting's id. */
export async function recordDecision(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: RecordDecision): Promise<string> {
  const body = decisionBody(request.body);
  return ports.store.transaction(async (tx) => {
    const { thing: meeting } = await reachMeeting(tx, viewer, request.meeting, 'meeting.hold');
    requireLive(meeting.state);
    const item = await itemOf(tx, meeting, request.item);
    const standing = await tx.meetings.decisions(meeting.id);
    requireRoomForRecord('decision', standing.length);
    const before = replacedBy(standing, request.replaces ?? null);
    const about = { itemId: item?.id ?? before?.itemId ?? null, subjectId: (await subjectIdOf(tx, meeting, request.subject)) ?? aboutOf(item, before) };
    const decision: Decision = {
      id: ports.ids.next('decision'), meetingId: meeting.id, ...about, body, recordedById: viewer.personId, recordedAt: ports.clock.now(), replacesId: before?.id ?? null,
    };
    await tx.meetings.addDecision(decision);
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'decided', detail: { decision: decision.id, about: decision.subjectId } });
    return meeting.id;
  });
}

/** The standing decision that is put better; refuses one that somebody else put better already. */
function replacedBy(standing: readonly Decision[], replaces: string | null): Decision | null {
  if (replaces === null) return null;
  const before = standing.find(({ id }) => id === replaces);
  if (!before) throw conflict('decision/replaced', 'This decision was put otherwise meanwhile. Look at what stands there now.');
  return before;
}

const aboutOf = (item: Pick<AgendaItem, 'subjectId'> | null, before: Decision | null): string | null => item?.subjectId ?? before?.subjectId ?? null;
