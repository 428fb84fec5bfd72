import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { conflict } from '../../domain/refusal.ts';
import { saidAlready } from '../../domain/reviews/approval.ts';
import { missingChecks } from '../../domain/reviews/checks.ts';
import { bodyTogether, reviewBody, reviewRefusal, STATE_AFTER, type ReviewDecision } from '../../domain/reviews/review.ts';
import type { ReviewPolicy } from '../../domain/reviews/review-policy.ts';
import { reachExperiment } from '../experiments/reach.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { checksOf } from './checks-of.ts';

export interface SubmitReview {
  readonly experiment: string;
  readonly decision: ReviewDecision;
  readonly body?: string | null | undefined;
  /** The digest of the evidence that was looked at; a decision on other evidence is refused. */
  readonly evidenceDigest?: string | null | undefined;
}

/**
 * Approves, asks for changes or comments, on the evidence as it is now, under the project's policy. Answers the viewer's open request when there is one. Who decides the same of the
 * same evidence again, be it by a second click at the same moment, has decided once, and what they say anew is added below: the experiment's lock lets them take turns.
 */
export async function submitReview(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: SubmitReview): Promise<{ readonly experimentId: string; readonly reviewId: string }> {
  const body = reviewBody(request.body);
  return ports.store.transaction(async (tx) => {
    const { thing: experiment, project } = await reachExperiment(tx, viewer, request.experiment, 'project.read');
    const policy = await tx.reviews.policy(project);
    const refusal = reviewRefusal({ personId: viewer.personId, role: roleIn(viewer, project), rule: policy }, request.decision, {
      ...experiment,
      countedRuns: await tx.reviews.countedRuns(experiment.id),
      pending: experiment.analysedVersion < experiment.inputsVersion,
    }, request.evidenceDigest);
    if (refusal) throw refusal;
    if (request.decision === 'APPROVE') await requireChecks(tx, experiment, policy);

    const now = ports.clock.now();
    const decision = { state: STATE_AFTER[request.decision], body, evidenceDigest: experiment.evidenceDigest, decidedAt: now, ethics: policy.ethicsReviewers.includes(viewer.personId) };
    const reviews = await tx.reviews.ofExperiment(experiment.id);
    const before = saidAlready(reviews.filter(({ dismissed }) => !dismissed), { reviewerId: viewer.personId, ...decision });
    const together = before ? bodyTogether(before.body, body) : body;
    if (before && together === before.body) return { experimentId: experiment.id, reviewId: before.id };
    const asked = reviews.find((review) => review.state === 'REQUESTED' && review.reviewerId === viewer.personId);
    // A comment is no answer: the request stays open beside it.
    const answers = !before && asked && request.decision !== 'COMMENT' ? asked : null;
    const id = before?.id ?? answers?.id ?? ports.ids.next('review');
    if (before && body !== null) await tx.reviews.add({ id: ports.ids.next('review-addition'), reviewId: before.id, body, at: now });
    else if (answers) await tx.reviews.decide(id, decision);
    else await tx.reviews.insert({ id, experimentId: experiment.id, reviewerId: viewer.personId, requestedById: null, teamId: null, createdAt: now, ...decision });
    if (answers?.teamId) await tx.reviews.withdrawTeam(experiment.id, answers.teamId, id);
    await tx.reviews.look(experiment.id, viewer.personId, { digest: experiment.evidenceDigest, at: now });
    await tx.outbox.change({ noun: 'review', id, verb: 'decided', projectId: project.id, experimentId: experiment.id, subjectId: viewer.personId });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'review.decided', subjectKind: 'experiment', subjectId: experiment.id, detail: { reviewId: id, decision: request.decision, evidenceDigest: experiment.evidenceDigest } });
    return { experimentId: experiment.id, reviewId: id };
  });
}

async function requireChecks(tx: Transaction, experiment: Experiment, { requiredChecks }: ReviewPolicy): Promise<void> {
  if (requiredChecks.length === 0) return;
  const missing = missingChecks(await checksOf(tx, experiment), requiredChecks);
  if (missing.length > 0) throw conflict('review/checks-open', `The project asks for these checks before an approval: ${missing.map(({ sentence }) => sentence.toLowerCase()).join('; ')}.`);
}
