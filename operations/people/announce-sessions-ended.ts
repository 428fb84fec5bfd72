import type { Ports } from '../ports/ports.ts';

/** Every server process hears that a person signed out somewhere, and looks again at what is open in that person's name. */
export const announceSessionsEnded = ({ store }: Pick<Ports, 'store'>, personId: string): Promise<void> => store.transaction(async (tx) => {
  await tx.outbox.change({ noun: 'person', id: personId, verb: 'sessions-ended', projectId: null, experimentId: null, subjectId: null });
});
