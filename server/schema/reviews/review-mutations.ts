import { setTimeout as pause } from 'node:timers/promises';
import { REVIEW_DECISIONS } from '../../../domain/reviews/review.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { unknownExperiment } from '../../../operations/experiments/reach.ts';
import { dismissReview } from '../../../operations/reviews/dismiss-review.ts';
import { lookAtEvidence } from '../../../operations/reviews/look-at-evidence.ts';
import { requestReview } from '../../../operations/reviews/request-review.ts';
import { tickCheck } from '../../../operations/reviews/tick-check.ts';
import { submitReview } from '../../../operations/reviews/submit-review.ts';
import { forgetBatches } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { experimentByKey } from '../experiments/experiment.ts';
import { experimentOf, reviewOf } from '../loaders.ts';
import { ExperimentRef, ReviewRef } from '../types.ts';

const ReviewDecisionEnum = builder.enumType('ReviewDecision', { values: REVIEW_DECISIONS });
const RequestReviewInput = builder.inputType('RequestReviewInput', { fields: (t) => ({ experiment: t.string({ required: true }), reviewers: t.stringList({ required: true, description: 'Addresses; may be empty where teams are named.' }), teams: t.stringList({ description: 'Names of teams; the first answer of a team is the team’s.' }) }) });
const SubmitReviewInput = builder.inputType('SubmitReviewInput', {
  fields: (t) => ({
    experiment: t.string({ required: true }),
    decision: t.field({ type: ReviewDecisionEnum, required: true }),
    body: t.string(),
    evidenceDigest: t.string({ description: 'The evidence that was looked at; a decision on other evidence is refused with review/evidence-changed.' }),
  }),
});

interface Requested { readonly experiment: Prisma.ExperimentModel; readonly reviews: readonly Prisma.ReviewModel[] }
const RequestPayload = builder.objectRef<Requested>('RequestReviewPayload').implement({
  fields: (t) => ({ experiment: t.field({ type: ExperimentRef, resolve: ({ experiment }) => experiment }), reviews: t.field({ type: [ReviewRef], resolve: ({ reviews }) => [...reviews] }) }),
});
interface Submitted { readonly experiment: Prisma.ExperimentModel; readonly review: Prisma.ReviewModel }
const SubmitPayload = builder.objectRef<Submitted>('SubmitReviewPayload').implement({
  fields: (t) => ({ experiment: t.field({ type: ExperimentRef, resolve: ({ experiment }) => experiment }), review: t.field({ type: ReviewRef, resolve: ({ review }) => review }) }),
});

/** How long an approval waits for the analysis of runs that have only just ended, in milliseconds. */
const MOST_WAIT_MS = 8000;
const LOOK_EVERY_MS = 150;

/** Evidence is worked out within moments of a run's end; an approval given in those moments waits for it instead of being refused. */
async function evidenceAtRest(context: Context, key: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < MOST_WAIT_MS; waitedMs += LOOK_EVERY_MS) {
    const experiment = await experimentByKey(context, key);
    if (!experiment || experiment.analysedVersion >= experiment.inputsVersion) return;
    await pause(LOOK_EVERY_MS);
  }
}

async function readBack(context: Context, id: string): Promise<Prisma.ExperimentModel> {
  forgetBatches(context);
  const experiment = await experimentOf(context, id);
  if (!experiment) throw unknownExperiment();
  return experiment;
}

builder.mutationField('requestReview', (t) =>
  t.field({
    type: RequestPayload,
    args: { input: t.arg({ type: RequestReviewInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { experimentId, reviewIds } = await requestReview(context.ports, viewerOf(context), input);
      const experiment = await readBack(context, experimentId);
      const reviews = await Promise.all(reviewIds.map((id) => reviewOf(context, id)));
      return { experiment, reviews: reviews.filter((review) => review !== undefined) };
    },
  }),
);

builder.mutationField('submitReview', (t) =>
  t.field({
    type: SubmitPayload,
    args: { input: t.arg({ type: SubmitReviewInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const viewer = viewerOf(context);
      if (input.decision === 'APPROVE') await evidenceAtRest(context, input.experiment);
      const { experimentId, reviewId } = await submitReview(context.ports, viewer, input);
      const experiment = await readBack(context, experimentId);
      return { experiment, review: (await reviewOf(context, reviewId)) as Prisma.ReviewModel };
    },
  }),
);

const DismissReviewInput = builder.inputType('DismissReviewInput', { fields: (t) => ({ review: t.id({ required: true }), reason: t.string({ required: true }) }) });
const DismissPayload = builder.objectRef<Submitted>('DismissReviewPayload').implement({
  fields: (t) => ({ experiment: t.field({ type: ExperimentRef, resolve: ({ experiment }) => experiment }), review: t.field({ type: ReviewRef, resolve: ({ review }) => review }) }),
});
builder.mutationField('dismissReview', (t) =>
  t.field({
    type: DismissPayload,
    description: 'The decision says nothing any more; it stays in the record, with the reason.',
    args: { input: t.arg({ type: DismissReviewInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { experimentId, reviewId } = await dismissReview(context.ports, viewerOf(context), input);
      const experiment = await readBack(context, experimentId);
      return { experiment, review: (await reviewOf(context, reviewId)) as Prisma.ReviewModel };
    },
  }),
);

interface OfExperiment { readonly experiment: Prisma.ExperimentModel }
const ofExperiment = (name: string) => builder.objectRef<OfExperiment>(name).implement({ fields: (t) => ({ experiment: t.field({ type: ExperimentRef, resolve: ({ experiment }) => experiment }) }) });

const TickCheckInput = builder.inputType('TickCheckInput', { fields: (t) => ({ experiment: t.string({ required: true }), check: t.string({ required: true }), good: t.boolean({ required: true }), note: t.string() }) });
builder.mutationField('tickCheck', (t) =>
  t.field({
    type: ofExperiment('TickCheckPayload'),
    description: 'A person’s word on a suggested check, kept for the evidence as it is now.',
    args: { input: t.arg({ type: TickCheckInput, required: true }) },
    resolve: async (_, { input }, context) => ({ experiment: await readBack(context, await tickCheck(context.ports, viewerOf(context), input)) }),
  }),
);

const LookAtEvidenceInput = builder.inputType('LookAtEvidenceInput', { fields: (t) => ({ experiment: t.string({ required: true }), evidenceDigest: t.string({ required: true }) }) });
builder.mutationField('lookAtEvidence', (t) =>
  t.field({
    type: ofExperiment('LookAtEvidencePayload'),
    description: 'The viewer has looked at this evidence: changesSinceLook counts from here.',
    args: { input: t.arg({ type: LookAtEvidenceInput, required: true }) },
    resolve: async (_, { input }, context) => ({ experiment: await readBack(context, await lookAtEvidence(context.ports, viewerOf(context), input)) }),
  }),
);
