import type { Viewer } from '../../domain/access/viewer.ts';
import { requireDrafted } from '../../domain/meetings/meeting.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { reachMeeting } from './reach-meeting.ts';
import { writeDraft } from './write-draft.ts';

/** Drafts the agenda anew from the week up to now, until the meeting begins. */
export async function draftAgendaAnew(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, meetingId: string): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: meeting } = await reachMeeting(tx, viewer, meetingId, 'meeting.hold');
    requireDrafted(meeting.state);
    await writeDraft(ports, tx, { meeting, now: ports.clock.now(), personId: viewer.personId });
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'drafted' });
    return meeting.id;
  });
}
