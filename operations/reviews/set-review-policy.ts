import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput } from '../../domain/refusal.ts';
import { changedPolicy, type PolicyChanges } from '../../domain/reviews/review-policy.ts';
import { reachProject } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import { announcePolicy } from '../projects/announce-policy.ts';

/** Changes parts of a project's review policy; those named for ethics are given by their addresses. Resolves to the project's id. */
export async function setReviewPolicy(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly project: string; readonly changes: Omit<PolicyChanges, 'ethicsReviewers'>; readonly ethicsReviewers?: readonly string[] | undefined }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, request.project, 'policy.edit');
    const named: string[] = [];
    for (const email of request.ethicsReviewers ?? []) {
      const person = await tx.people.byEmail(email.trim());
      if (!person || person.organizationId !== project.organizationId || person.disabledAt) throw badInput('review/unknown-reviewer', `Nobody here has the address ${email}. Invite them first.`);
      named.push(person.id);
    }
    const before = await tx.reviews.policy(project);
    const next = changedPolicy(before, { ...request.changes, ...(request.ethicsReviewers === undefined ? {} : { ethicsReviewers: named }) });
    await tx.reviews.savePolicy(project.id, next, { personId: viewer.personId, at: ports.clock.now() });
    await announcePolicy(tx, viewer, project.id, { before, now: next });
    return project.id;
  });
}
