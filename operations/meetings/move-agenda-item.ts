import type { Viewer } from '../../domain/access/viewer.ts';
import { requireNotEnded } from '../../domain/meetings/meeting.ts';
import { badInput } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { reachItem } from './reach-meeting.ts';

/** Puts an item behind another one, or first when none is named. */
export async function moveAgendaItem(ports: Pick<Ports, 'store'>, viewer: Viewer, request: { readonly item: string; readonly after?: string | null | undefined }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { item, meeting } = await reachItem(tx, viewer, request.item, 'meeting.hold');
    requireNotEnded(meeting.state);
    const others = (await tx.meetings.items(meeting.id)).map(({ id }) => id).filter((id) => id !== item.id);
    const place = request.after === null || request.after === undefined ? 0 : others.indexOf(request.after) + 1;
    if (place === 0 && request.after !== null && request.after !== undefined) throw badInput('agenda-item/place', 'An item is put behind another one of the same agenda.');
    await tx.meetings.setOrder(others.toSpliced(place, 0, item.id));
    await tx.meetings.updateItem(item.id, { movedById: viewer.personId });
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'item-moved', detail: { item: item.id, place } });
    return item.id;
  });
}
