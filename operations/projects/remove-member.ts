import { requireRight } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { checkEmail } from '../../domain/people/email.ts';
import { notFound } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import { projectBySlug } from './project-by-slug.ts';

/** Takes a person's own role in a project away; the role every member of the organization holds stays. Everyone may leave. */
export async function removeMember({ store }: Pick<Ports, 'store'>, viewer: Viewer, input: { readonly project: string; readonly email: string }): Promise<Project> {
  const email = checkEmail(input.email);
  return store.transaction(async (tx) => {
    const project = await projectBySlug(tx, viewer, input.project);
    const person = await tx.people.byEmail(email);
    if (person?.id !== viewer.personId) requireRight(viewer, 'member.manage', project);
    if (!person || !(await tx.projects.removeMember(project.id, person.id))) throw notFound('member/unknown', `${email} is not a member of this project.`);
    await tx.outbox.change({ noun: 'project', id: project.id, verb: 'member-removed', projectId: project.id, experimentId: null, subjectId: null });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'member.removed', subjectKind: 'person', subjectId: person.id });
    return project;
  });
}
