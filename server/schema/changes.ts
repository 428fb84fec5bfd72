import type { Change } from '../../contracts/messages/change.ts';
import type { Context } from '../context.ts';

/**
 * The changes a subscription waits for; stops listening when the subscriber leaves. `first` is told at once: a client that comes (back) reads the state of now,
 * so that nothing falls between its last answer and its subscription.
 */
export async function* changesWanted(context: Context, first: Change, wanted: (change: Change) => boolean): AsyncGenerator<Change> {
  const leaving = new AbortController();
  try {
    const changes = context.changes.subscribe(wanted, leaving.signal);
    yield first;
    yield* changes;
  } finally {
    leaving.abort();
  }
}
