import { requireRight } from '../../domain/access/policy.ts';
import type { ProjectRole, Viewer } from '../../domain/access/viewer.ts';
import { checkEmail } from '../../domain/people/email.ts';
import { notFound } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import { projectBySlug } from './project-by-slug.ts';

/** Gives a person a role in a project, or another one than they had. Refuses with `person/unknown` when nobody here has the address. */
export async function addMember({ store }: Pick<Ports, 'store'>, viewer: Viewer, input: { readonly project: string; readonly email: string; readonly role: ProjectRole }): Promise<{ readonly projectId: string; readonly personId: string }> {
  const email = checkEmail(input.email);
  return store.transaction(async (tx) => {
    const project = await projectBySlug(tx, viewer, input.project);
    requireRight(viewer, 'member.manage', project);
    const person = await tx.people.byEmail(email);
    if (!person || person.organizationId !== project.organizationId) throw notFound('person/unknown', `Nobody here has the address ${email}. Invite them first (invitePerson).`);
    const before = await tx.projects.roleOf(project.id, person.id);
    await tx.projects.setRole(project.id, person.id, input.role);
    await tx.outbox.change({ noun: 'project', id: project.id, verb: 'member-added', projectId: project.id, experimentId: null, subjectId: null });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: before ? 'member.role-changed' : 'member.added', subjectKind: 'person', subjectId: person.id, detail: { role: input.role, before } });
    return { projectId: project.id, personId: person.id };
  });
}
