import type { Viewer } from '../../domain/access/viewer.ts';
import { checkEmail } from '../../domain/people/email.ts';
import { forbidden, notFound } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';

const LINK_HOURS = 24;

/** A one-time secret for choosing a new password, made by an owner of the organization where no mail can be sent. */
export async function resetPassword({ store, clock, secrets }: Pick<Ports, 'store' | 'clock' | 'secrets'>, viewer: Viewer, input: { readonly email: string }): Promise<{ readonly secret: string }> {
  if (viewer.organizationRole !== 'OWNER') throw forbidden('access/owner-needed', 'Only an owner of the organization may make a password-reset link.');
  const email = checkEmail(input.email);
  const secret = secrets.token();
  await store.transaction(async (tx) => {
    const person = await tx.people.byEmail(email);
    if (!person || person.organizationId !== viewer.organizationId) throw notFound('person/unknown', `Nobody here has the address ${email}.`);
    await tx.people.insertPasswordReset({ personId: person.id, secret, createdAt: clock.now(), expiresAt: clock.after(LINK_HOURS * 3_600_000) });
    await tx.audit.append({ projectId: null, actorId: viewer.personId, action: 'person.password-reset-made', subjectKind: 'person', subjectId: person.id });
  });
  return { secret };
}
