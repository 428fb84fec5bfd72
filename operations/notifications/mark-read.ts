import type { Viewer } from '../../domain/access/viewer.ts';
import type { Ports } from '../ports/ports.ts';

/** Takes notifications of the viewer's own as read, or all there are; others' ids do nothing. What leaves by mail and was read before does not leave. */
export async function markRead({ store, clock }: Pick<Ports, 'store' | 'clock'>, { personId }: Viewer, ids: readonly string[] | 'all'): Promise<void> {
  await store.transaction(async (tx) => {
    if ((await tx.notifications.markRead(personId, ids, clock.now())) > 0) {
      await tx.outbox.change({ noun: 'notification', id: personId, verb: 'read', projectId: null, experimentId: null, subjectId: personId });
    }
  });
}
