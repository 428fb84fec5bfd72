import { elapsedMs } from '../../domain/meetings/timer.ts';
import type { AgendaItem } from '../ports/meetings.ts';
import type { Transaction } from '../ports/store.ts';

/** What talking about items of a meeting has left by a moment: time, votes, what was decided or given to do. */
export async function tracesOf(tx: Transaction, meetingId: string, items: readonly AgendaItem[], now: Date) {
  const votes = await tx.meetings.votes(items.map(({ id }) => id));
  const recorded = [...await tx.meetings.decisions(meetingId), ...await tx.meetings.actions(meetingId)];
  const of = (all: readonly { readonly itemId: string | null }[], id: string): number => all.filter(({ itemId }) => itemId === id).length;
  return (item: AgendaItem) => ({ spentMs: elapsedMs(item, now), votes: of(votes, item.id), recorded: of(recorded, item.id) });
}
