import type { Viewer } from '../../domain/access/viewer.ts';
import { requireMayDisable } from '../../domain/people/leaving.ts';
import type { Ports } from '../ports/ports.ts';

type Needs = Pick<Ports, 'store' | 'clock'>;

/** Ends a person's sessions and tokens and lets them in no more; what they did stays. Doing it again changes nothing. */
export const disablePerson = (ports: Needs, viewer: Viewer, personId: string): Promise<{ readonly personId: string }> => setDisabled(ports, viewer, { personId, disabled: true });

/** Lets a person who was disabled in again: they sign in anew, and tokens they had stay revoked. */
export const enablePerson = (ports: Needs, viewer: Viewer, personId: string): Promise<{ readonly personId: string }> => setDisabled(ports, viewer, { personId, disabled: false });

async function setDisabled({ store, clock }: Needs, viewer: Viewer, { personId, disabled }: { readonly personId: string; readonly disabled: boolean }): Promise<{ readonly personId: string }> {
  return store.transaction(async (tx) => {
    const person = await tx.people.get(personId);
    requireMayDisable(viewer, person);
    if ((person.disabledAt !== null) === disabled) return { personId };
    const now = clock.now();
    await tx.people.setDisabled(personId, disabled ? now : null);
    if (disabled) await tx.people.endAccess(personId, now);
    // Whatever they have open is closed at once.
    await tx.outbox.change({ noun: 'person', id: personId, verb: disabled ? 'disabled' : 'enabled', projectId: null, experimentId: null, subjectId: null });
    await tx.audit.append({ projectId: null, actorId: viewer.personId, action: disabled ? 'person.disabled' : 'person.enabled', subjectKind: 'person', subjectId: personId });
    return { personId };
  });
}
