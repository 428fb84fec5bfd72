import { may } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { conflict, forbidden, notFound } from '../../domain/refusal.ts';
import { requiredText } from '../../domain/richtext/plain-text.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';

const unknownReview = () => notFound('review/unknown', 'There is no such review, or you may not see it.');

/** A decision says nothing any more from now on, and everybody sees why. It stays in the record. */
export async function dismissReview(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly review: string; readonly reason: string }): Promise<{ readonly experimentId: string; readonly reviewId: string }> {
  const reason = requiredText(request.reason, { code: 'review/dismissal', name: 'The reason', maxLength: 4000 });
  return ports.store.transaction(async (tx) => {
    const found = await tx.reviews.get(request.review);
    const experiment = found && (await tx.experiments.lock(found.experimentId));
    const review = experiment && (await tx.reviews.get(request.review));
    if (!review) throw unknownReview();
    const project = await projectOf(tx, viewer, experiment.projectId, { action: 'project.read', unknown: unknownReview });
    if (review.reviewerId !== viewer.personId && !may(viewer, 'review.dismiss', project)) throw forbidden('review/may-not-dismiss', 'Who gave a review, and maintainers of the project, may dismiss it.');
    if (review.state === 'REQUESTED') throw conflict('review/not-decided', 'This review was only asked for; there is nothing to dismiss yet.');
    if (review.dismissed) throw conflict('review/dismissed', 'This review was dismissed already.');
    await tx.reviews.dismiss(review.id, { personId: viewer.personId, reason, at: ports.clock.now() });
    await tx.outbox.change({ noun: 'review', id: review.id, verb: 'dismissed', projectId: project.id, experimentId: experiment.id, subjectId: review.reviewerId });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'review.dismissed', subjectKind: 'experiment', subjectId: experiment.id, detail: { reviewId: review.id, reason } });
    return { experimentId: experiment.id, reviewId: review.id };
  });
}
