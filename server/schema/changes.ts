import type { Change } from '../../contracts/messages/change.ts';
import type { Context } from '../context.ts';
import { leavable } from '../leavable.ts';

/**
 * The changes a subscription waits for; stops listening when the subscriber leaves. `first` is told at once: a client that comes (back) reads the state of now,
 * so that nothing falls between its last answer and its subscription.
 */
export const changesWanted = (context: Context, first: Change, wanted: (change: Change) => boolean): AsyncGenerator<Change> => leavable(async function* (leaving) {
  const changes = context.changes.subscribe(wanted, leaving);
  yield first;
  yield* changes;
});
