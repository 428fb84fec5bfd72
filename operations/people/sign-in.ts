import { forbidden } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';

/** Refuses a session to somebody who was disabled; the password was right, so they may know why. */
export async function requireMaySignIn({ store }: Pick<Ports, 'store'>, personId: string): Promise<void> {
  const person = await store.transaction((tx) => tx.people.get(personId));
  if (person?.disabledAt) throw forbidden('person/disabled', 'This account was disabled. An owner of the organization can let you in again.');
}
