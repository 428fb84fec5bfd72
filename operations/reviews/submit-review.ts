import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { saidAlready } from '../../domain/reviews/approval.ts';
import { bodyTogether, reviewBody, reviewRefusal, STATE_AFTER, type ReviewDecision } from '../../domain/reviews/review.ts';
import { reachExperiment } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';

export interface SubmitReview {
  readonly experiment: string;
  readonly decision: ReviewDecision;
  readonly body?: string | null | undefined;
  /** The digest of the evidence that was looked at; a decision on other evidence is refused. */
  readonly evidenceDigest?: string | null | undefined;
}

/**
 * Approves, asks for changes or comments, on the evidence as it is now. Answers the viewer's open request when there is one. Who decides the same of the same evidence again,
 * be it by a second click at the same moment, has decided once: the experiment's lock lets them take turns.
 */
export async function submitReview(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: SubmitReview): Promise<{ readonly experimentId: string; readonly reviewId: string }> {
  const body = reviewBody(request.body);
  return ports.store.transaction(async (tx) => {
    const { thing: experiment, project } = await reachExperiment(tx, viewer, request.experiment, 'project.read');
    const refusal = reviewRefusal({ personId: viewer.personId, role: roleIn(viewer, project) }, request.decision, {
      ...experiment,
      countedRuns: await tx.reviews.countedRuns(experiment.id),
      pending: experiment.analysedVersion < experiment.inputsVersion,
    }, request.evidenceDigest);
    if (refusal) throw refusal;

    const decision = { state: STATE_AFTER[request.decision], body, evidenceDigest: experiment.evidenceDigest, decidedAt: ports.clock.now() };
    const reviews = await tx.reviews.ofExperiment(experiment.id);
    const before = saidAlready(reviews, { reviewerId: viewer.personId, ...decision });
    const together = before ? bodyTogether(before.body, body) : body;
    if (before && together === before.body) return { experimentId: experiment.id, reviewId: before.id };
    const asked = reviews.find((review) => review.state === 'REQUESTED' && review.reviewerId === viewer.personId);
    // A comment is no answer: the request stays open beside it.
    const answers = before ?? (asked && request.decision !== 'COMMENT' ? asked : null);
    const id = answers?.id ?? ports.ids.next('review');
    if (answers) await tx.reviews.decide(id, { ...decision, body: together });
    else await tx.reviews.insert({ id, experimentId: experiment.id, reviewerId: viewer.personId, requestedById: null, createdAt: decision.decidedAt, ...decision });
    await tx.happenings.add({ kind: 'REVIEW_DECIDED', projectId: project.id, experimentId: experiment.id, subjectId: experiment.id, actorId: viewer.personId, detail: { said: decision.state, ...(body === null ? {} : { about: body.slice(0, 300) }) } });
    await tx.outbox.change({ noun: 'review', id, verb: 'decided', projectId: project.id, experimentId: experiment.id, subjectId: viewer.personId });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'review.decided', subjectKind: 'experiment', subjectId: experiment.id, detail: { reviewId: id, decision: request.decision, evidenceDigest: experiment.evidenceDigest } });
    return { experimentId: experiment.id, reviewId: id };
  });
}
