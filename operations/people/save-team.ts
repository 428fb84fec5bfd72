import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput, forbidden } from '../../domain/refusal.ts';
import { requiredText } from '../../domain/richtext/plain-text.ts';
import type { Ports } from '../ports/ports.ts';

const MOST_MEMBERS = 200;

/** Makes a team of the organization, or says anew who is in it. For owners of the organization. */
export async function saveTeam(ports: Pick<Ports, 'store' | 'ids'>, viewer: Viewer, request: { readonly name: string; readonly members: readonly string[] }): Promise<string> {
  const name = requiredText(request.name, { code: 'team/name', name: 'The name', maxLength: 100 });
  if (viewer.organizationRole !== 'OWNER') throw forbidden('team/owners-only', 'Only owners of the organization make teams.');
  if (request.members.length > MOST_MEMBERS) throw badInput('team/too-many', `A team has at most ${MOST_MEMBERS} people.`);
  return ports.store.transaction(async (tx) => {
    const memberIds = new Set<string>();
    for (const email of request.members) {
      const person = await tx.people.byEmail(email.trim());
      if (!person || person.organizationId !== viewer.organizationId || person.disabledAt) throw badInput('team/unknown-person', `Nobody here has the address ${email}. Invite them first.`);
      memberIds.add(person.id);
    }
    await tx.reviews.saveTeam({ id: ports.ids.next('team'), organizationId: viewer.organizationId, name, memberIds: [...memberIds] });
    return name;
  });
}
