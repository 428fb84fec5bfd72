import { may } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput, forbidden } from '../../domain/refusal.ts';
import { requireReviewable, reviewersFrom } from '../../domain/reviews/review.ts';
import { reachExperiment, type Reached } from '../experiments/reach.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { Person } from '../ports/people.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';

/** Asks people for their review; who was asked already, and has not answered, is not asked twice. */
export async function requestReview(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: { readonly experiment: string; readonly reviewers: readonly string[] }): Promise<{ readonly experimentId: string; readonly reviewIds: readonly string[] }> {
  return ports.store.transaction(async (tx) => {
    const reached = await reachExperiment(tx, viewer, request.experiment, 'review.request');
    const { thing: experiment, project } = reached;
    requireReviewable(experiment);
    const emails = reviewersFrom(request.reviewers);
    const open = new Map((await tx.reviews.ofExperiment(experiment.id)).filter((review) => review.state === 'REQUESTED').map((review) => [review.reviewerId, review.id]));
    const now = ports.clock.now();
    const reviewIds: string[] = [];
    for (const email of emails) {
      const reviewer = await reviewerBy(tx, reached, email);
      const id = open.get(reviewer.id) ?? ports.ids.next('review');
      reviewIds.push(id);
      if (open.has(reviewer.id)) continue;
      await tx.reviews.insert({ id, experimentId: experiment.id, reviewerId: reviewer.id, requestedById: viewer.personId, state: 'REQUESTED', body: null, evidenceDigest: null, createdAt: now, decidedAt: null });
      await tx.happenings.add({ kind: 'REVIEW_REQUESTED', projectId: project.id, experimentId: experiment.id, subjectId: experiment.id, actorId: viewer.personId, addresseeIds: [reviewer.id] });
      await tx.outbox.change({ noun: 'review', id, verb: 'requested', projectId: project.id, experimentId: experiment.id, subjectId: reviewer.id });
      await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'review.requested', subjectKind: 'experiment', subjectId: experiment.id, detail: { reviewId: id, reviewerId: reviewer.id } });
    }
    return { experimentId: experiment.id, reviewIds };
  });
}

async function reviewerBy(tx: Transaction, { thing: experiment, project }: Reached<Experiment>, email: string): Promise<Person> {
  const person = await tx.people.byEmail(email);
  if (!person || person.organizationId !== project.organizationId || person.disabledAt) throw badInput('review/unknown-reviewer', `Nobody here has the address ${email}. Invite them first.`);
  if (person.id === experiment.ownerId) throw forbidden('review/own-work', `${person.name} created this experiment, so someone else must review it.`);
  const asViewer: Viewer = { personId: person.id, organizationId: person.organizationId, organizationRole: person.organizationRole, roles: await tx.projects.rolesOf(person.id), signedIn: true };
  if (!may(asViewer, 'review.decide', project)) throw badInput('review/cannot-review', `${person.name} may not review in ${project.slug} yet: reviewing needs the role reviewer or higher.`);
  return person;
}
