import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { conflict } from '../../domain/refusal.ts';
import { saidAlready } from '../../domain/reviews/approval.ts';
import { missingChecks } from '../../domain/reviews/checks.ts';
import { bodyTogether, reviewBody, reviewRefusal, STATE_AFTER, type ReviewDecision } from '../../domain/reviews/review.ts';
import type { ReviewPolicy } from '../../domain/reviews/review-policy.ts';
import { reachExperiment } from '../experiments/reach.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { Ports } from '../ports/ports.ts';
import type { Review } from '../ports/reviews.ts';
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
      ...(await tx.reviews.countedRuns(experiment.id)),
      pending: experiment.analysedVersion < experiment.inputsVersion,
    }, request.evidenceDigest);
    if (refusal) throw refusal;
    if (request.decision === 'APPROVE') await requireChecks(tx, experiment, policy);

    const now = ports.clock.now();
    const decision = { state: STATE_AFTER[request.decision], body, evidenceDigest: experiment.evidenceDigest, decidedAt: now, ethics: policy.ethicsReviewers.includes(viewer.personId) };
    const { id, isNew } = await record(tx, ports, { experimentId: experiment.id, reviewerId: viewer.personId, decision });
    if (!isNew) return { experimentId: experiment.id, reviewId: id };
    await tx.reviews.look(experiment.id, viewer.personId, { digest: experiment.evidenceDigest, at: now });
    await tellDecision(tx, experiment, { actorId: viewer.personId, state: decision.state, body });
    await tx.outbox.change({ noun: 'review', id, verb: 'decided', projectId: project.id, experimentId: experiment.id, subjectId: viewer.personId });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'review.decided', subjectKind: 'experiment', subjectId: experiment.id, detail: { reviewId: id, decision: request.decision, evidenceDigest: experiment.evidenceDigest } });
    return { experimentId: experiment.id, reviewId: id };
  });
}

const tellDecision = (tx: Transaction, { id, projectId }: Experiment, { actorId, state, body }: { readonly actorId: string; readonly state: string; readonly body: string | null }): Promise<void> =>
  tx.happenings.add({ kind: 'REVIEW_DECIDED', projectId, experimentId: id, subjectId: id, actorId, detail: { said: state, ...(body === null ? {} : { about: body.slice(0, 300) }) } });

interface Decided {
  readonly experimentId: string;
  readonly reviewerId: string;
  readonly decision: Pick<Review, 'state' | 'body' | 'evidenceDigest' | 'ethics'> & { readonly decidedAt: Date };
}

/** Answers the open request, adds below the same decision, or writes a new one; not new when nothing was said that stands there not already. */
async function record(tx: Transaction, { ids }: Pick<Ports, 'ids'>, { experimentId, reviewerId, decision }: Decided): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const reviews = await tx.reviews.ofExperiment(experimentId);
  const before = saidAlready(reviews.filter(({ dismissed }) => !dismissed), { reviewerId, ...decision });
  if (before) return { id: before.id, isNew: await added(tx, { ids }, before, decision) };
  // A comment is no answer: the request stays open beside it.
  const asked = decision.state === 'COMMENTED' ? undefined : reviews.find((review) => review.state === 'REQUESTED' && review.reviewerId === reviewerId);
  const id = asked?.id ?? ids.next('review');
  if (asked) await tx.reviews.decide(id, decision);
  else await tx.reviews.insert({ id, experimentId, reviewerId, requestedById: null, teamId: null, createdAt: decision.decidedAt, ...decision });
  if (asked?.teamId) await tx.reviews.withdrawTeam(experimentId, asked.teamId, id);
  return { id, isNew: true };
}

async function added(tx: Transaction, { ids }: Pick<Ports, 'ids'>, before: Review, { body, decidedAt }: Decided['decision']): Promise<boolean> {
  if (body === null || bodyTogether(before.body, body) === before.body) return false;
  await tx.reviews.add({ id: ids.next('review-addition'), reviewId: before.id, body, at: decidedAt });
  return true;
}

async function requireChecks(tx: Transaction, experiment: Experiment, { requiredChecks }: ReviewPolicy): Promise<void> {
  if (requiredChecks.length === 0) return;
  const missing = missingChecks(await checksOf(tx, experiment), requiredChecks);
  if (missing.length > 0) throw conflict('review/checks-open', `The project asks for these checks before an approval: ${missing.map(({ sentence }) => sentence.toLowerCase()).join('; ')}.`);
}
