import type { Viewer } from '../../domain/access/viewer.ts';
import { leavingCloses, presentedSearch, requireLive, requirePresenter, scrolledTo, type PresentedView } from '../../domain/meetings/meeting.ts';
import { goOn, pause } from '../../domain/meetings/timer.ts';
import type { Meeting } from '../ports/meetings.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { tracesOf } from './agenda-traces.ts';
import { announceMeeting } from './announce-meeting.ts';
import { itemOf, reachMeeting } from './reach-meeting.ts';

export interface PresentView {
  readonly meeting: string;
  readonly item?: string | null | undefined;
  readonly search?: string | null | undefined;
  readonly section?: number | null | undefined;
  readonly within?: number | null | undefined;
}

/** Moves what everybody who follows looks at. Going to another item stops the time of the one before and starts its own; going on closes what was talked about. */
export async function presentView(ports: Pick<Ports, 'store' | 'clock' | 'meetingViews'>, viewer: Viewer, request: PresentView): Promise<string> {
  const search = presentedSearch(request.search);
  const place = scrolledTo(request.section, request.within);
  const view = await ports.store.transaction(async (tx): Promise<PresentedView> => {
    const { thing: meeting } = await reachMeeting(tx, viewer, request.meeting, 'meeting.hold');
    requireLive(meeting.state);
    requirePresenter(meeting, viewer.personId);
    const item = await itemOf(tx, meeting, request.item ?? meeting.currentItemId);
    const next: PresentedView = { itemId: item?.id ?? null, search, ...place };
    await tx.meetings.update(meeting.id, { view: next });
    if (next.itemId !== meeting.currentItemId) await turnTo(ports, tx, { meeting, itemId: next.itemId, personId: viewer.personId });
    return next;
  });
  ports.meetingViews.publish(request.meeting, view);
  return request.meeting;
}

async function turnTo(ports: Pick<Ports, 'clock'>, tx: Transaction, { meeting, itemId, personId }: { readonly meeting: Meeting; readonly itemId: string | null; readonly personId: string }): Promise<void> {
  const now = ports.clock.now();
  const items = await tx.meetings.items(meeting.id);
  const [from, to] = [items.findIndex(({ id }) => id === meeting.currentItemId), items.findIndex(({ id }) => id === itemId)];
  const [before, after] = [items[from], items[to]];
  if (before) {
    const closes = leavingCloses((await tracesOf(tx, meeting.id, [before], now))(before), { from, to });
    await tx.meetings.updateItem(before.id, { ...pause(before, now), closedAt: before.closedAt ?? (closes ? now : null) });
  }
  if (after && after.closedAt === null) await tx.meetings.updateItem(after.id, goOn(after, now));
  await tx.meetings.update(meeting.id, { currentItemId: itemId });
  await announceMeeting(tx, meeting, { actorId: personId, verb: 'turned', detail: { item: itemId } });
}
