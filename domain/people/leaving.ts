import type { Viewer } from '../access/viewer.ts';
import { conflict, forbidden, notFound } from '../refusal.ts';

/** What a decision about somebody's leaving must know of them. */
export interface Leaver { readonly id: string; readonly organizationId: string }

/**
 * Passes when the viewer may let this person go, or let them in again. First match:
 * LV1 only owners of the organization decide who belongs to it. LV2 somebody of another organization does not exist. LV3 nobody shuts themselves out, so one owner always remains.
 */
export function requireMayDisable<Person extends Leaver>(viewer: Viewer, person: Person | null): asserts person is Person {
  if (viewer.organizationRole !== 'OWNER') throw forbidden('access/owner-needed', 'Only an owner of the organization decides who belongs to it.');
  if (!person || person.organizationId !== viewer.organizationId) throw notFound('person/unknown', 'There is nobody like that here.');
  if (person.id === viewer.personId) throw conflict('person/own-access', 'You cannot shut yourself out. Another owner can.');
}
