import { requireRight } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { checkEmail } from '../../domain/people/email.ts';
import { notFound } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import { makerMaySee } from '../share-links/open-share-link.ts';
import { projectBySlug } from './project-by-slug.ts';

/** Takes a person's own role in a project away; the role every member of the organization holds stays. Everyone may leave. Where that shuts the person out, share links that they made end for good: who lets them in again does not know of pages that this would open again. */
export async function removeMember({ store, clock }: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, input: { readonly project: string; readonly email: string }): Promise<Project> {
  const email = checkEmail(input.email);
  return store.transaction(async (tx) => {
    const project = await projectBySlug(tx, viewer, input.project);
    const person = await tx.people.byEmail(email);
    if (person?.id !== viewer.personId) requireRight(viewer, 'member.manage', project);
    if (!person || !(await tx.projects.removeMember(project.id, person.id))) throw notFound('member/unknown', `${email} is not a member of this project.`);
    await tx.outbox.change({ noun: 'project', id: project.id, verb: 'member-removed', projectId: project.id, experimentId: null, subjectId: null });
    // What they were told of it is theirs no more: the count of what is unread changes with the right to see.
    await tx.outbox.change({ noun: 'notification', id: person.id, verb: 'hidden', projectId: null, experimentId: null, subjectId: person.id });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'member.removed', subjectKind: 'person', subjectId: person.id });
    await endLinksOf(tx, viewer, { projectId: project.id, createdById: person.id }, clock.now());
    return project;
  });
}

async function endLinksOf(tx: Transaction, viewer: Viewer, made: { readonly projectId: string; readonly createdById: string }, now: Date): Promise<void> {
  if (await makerMaySee(tx, made)) return;
  for (const { id, subjectKind, subjectId, projectId } of await tx.shareLinks.revokeAllOf(made, now)) await tx.audit.append({ projectId, actorId: viewer.personId, action: 'share-link.revoked', subjectKind, subjectId, detail: { shareLinkId: id } });
}
