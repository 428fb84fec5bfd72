import { may } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { actionBody, dueDay, requireLive, requireRoomForRecord } from '../../domain/meetings/meeting.ts';
import { badInput } from '../../domain/refusal.ts';
import type { ActionItem } from '../ports/meetings.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { itemOf, reachMeeting, subjectIdOf } from './reach-meeting.ts';
import { viewerFromRecords } from './viewer-from-records.ts';

export interface AddActionItem {
  readonly meeting: string;
  readonly body: string;
  /** Who does it, by id; the viewer when not said. */
  readonly owner?: string | null | undefined;
  /** A day, as 2026-05-19. */
  readonly dueOn?: string | null | undefined;
  readonly item?: string | null | undefined;
  readonly subject?: string | null | undefined;
}

/** Gives somebody something to do, which opens every agenda until it is settled; resolves to its id. */
export async function addActionItem(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: AddActionItem): Promise<string> {
  const body = actionBody(request.body);
  const dueOn = dueDay(request.dueOn);
  return ports.store.transaction(async (tx) => {
    const { thing: meeting, project } = await reachMeeting(tx, viewer, request.meeting, 'meeting.hold');
    requireLive(meeting.state);
    const owner = await viewerFromRecords(tx, request.owner ?? viewer.personId);
    if (!owner || !may(owner, 'project.read', project)) throw badInput('action-item/owner', 'Nobody who sees this project has this id. Choose one of its people.');
    const item = await itemOf(tx, meeting, request.item);
    requireRoomForRecord('action-item', (await tx.meetings.actions(meeting.id)).length);
    const action: ActionItem = {
      id: ports.ids.next('action-item'), projectId: project.id, meetingId: meeting.id, itemId: item?.id ?? null, subjectId: (await subjectIdOf(tx, meeting, request.subject)) ?? item?.subjectId ?? null,
      body, ownerId: owner.personId, dueOn, state: 'OPEN', note: null, createdById: viewer.personId, createdAt: ports.clock.now(), settledAt: null, settledById: null, version: 1,
    };
    await tx.meetings.insertAction(action);
    await tx.happenings.add({ kind: 'ACTION_ITEM', projectId: project.id, experimentId: null, subjectId: action.id, actorId: viewer.personId, addresseeIds: [owner.personId], detail: { about: body, path: `/m/${meeting.id}`, ...(dueOn === null ? {} : { said: `Due on ${dueOn}.` }) } });
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'action-added', detail: { action: action.id, owner: owner.personId } });
    return action.id;
  });
}
