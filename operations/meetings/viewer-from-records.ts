import type { Viewer } from '../../domain/access/viewer.ts';
import type { Transaction } from '../ports/store.ts';

/** Somebody else with all that a decision about their rights needs; null when there is nobody of that id who may still sign in. */
export async function viewerFromRecords(tx: Transaction, personId: string): Promise<Viewer | null> {
  const person = await tx.people.get(personId);
  if (!person || person.disabledAt !== null) return null;
  return { personId: person.id, organizationId: person.organizationId, organizationRole: person.organizationRole, roles: await tx.projects.rolesOf(person.id), signedIn: true };
}
