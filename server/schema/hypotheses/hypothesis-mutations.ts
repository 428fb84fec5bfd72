import { gradeHypothesis, type HypothesisGrading } from '../../../domain/hypotheses/grade.ts';
import type { HypothesisDraft } from '../../../domain/hypotheses/hypothesis.ts';
import { notFound } from '../../../domain/refusal.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { proposeHypothesis } from '../../../operations/hypotheses/propose-hypothesis.ts';
import { updateHypothesis } from '../../../operations/hypotheses/update-hypothesis.ts';
import { forgetBatches } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { hypothesisOf } from '../loaders.ts';
import { HypothesisRef } from '../types.ts';
import { DirectionEnum, GradeReasonRef, HypothesisGradeEnum, HypothesisStatusEnum } from './hypothesis.ts';

const GradeHypothesisInput = builder.inputType('GradeHypothesisInput', {
  fields: (t) => ({
    statement: t.string(), change: t.string(), because: t.string(), metric: t.string(),
    direction: t.field({ type: DirectionEnum }), minEffect: t.float(), guardrails: t.stringList(),
  }),
});
const ProposeHypothesisInput = builder.inputType('ProposeHypothesisInput', {
  fields: (t) => ({
    project: t.string({ required: true }), statement: t.string({ required: true }), change: t.string(), because: t.string(), metric: t.string(),
    direction: t.field({ type: DirectionEnum }), minEffect: t.float(), guardrails: t.stringList(),
  }),
});
const UpdateHypothesisInput = builder.inputType('UpdateHypothesisInput', {
  fields: (t) => ({
    hypothesis: t.id({ required: true }), statement: t.string(), change: t.string(), because: t.string(), metric: t.string(),
    direction: t.field({ type: DirectionEnum }), minEffect: t.float(), guardrails: t.stringList(), status: t.field({ type: HypothesisStatusEnum }), archived: t.boolean(),
    version: t.int({ description: 'The version that was read before it was changed: refused with hypothesis/changed-underneath when it is not the newest.' }),
  }),
});

const GradingRef = builder.objectRef<HypothesisGrading>('HypothesisGrading').implement({
  fields: (t) => ({
    grade: t.field({ type: HypothesisGradeEnum, resolve: (grading) => grading.grade }),
    reasons: t.field({ type: [GradeReasonRef], resolve: (grading) => [...grading.reasons] }),
    statement: t.exposeString('statement'),
  }),
});

interface Payload { readonly hypothesis: Prisma.HypothesisModel }
const ProposePayload = builder.objectRef<Payload>('ProposeHypothesisPayload').implement({ fields: (t) => ({ hypothesis: t.field({ type: HypothesisRef, resolve: (payload) => payload.hypothesis }) }) });
const UpdatePayload = builder.objectRef<Payload>('UpdateHypothesisPayload').implement({ fields: (t) => ({ hypothesis: t.field({ type: HypothesisRef, resolve: (payload) => payload.hypothesis }) }) });

async function readBack(context: Context, id: string): Promise<Payload> {
  forgetBatches(context);
  const hypothesis = await hypothesisOf(context, id);
  if (!hypothesis) throw notFound('hypothesis/unknown', 'There is no such hypothesis, or you may not see it.');
  return { hypothesis };
}

builder.queryField('gradeHypothesis', (t) =>
  t.field({
    type: GradingRef,
    description: 'Grades a draft as it is typed; stores nothing.',
    args: { input: t.arg({ type: GradeHypothesisInput, required: true }) },
    resolve: (_, { input }) => gradeHypothesis({
      statement: input.statement ?? '',
      change: input.change ?? null,
      because: input.because ?? null,
      metric: input.metric ?? null,
      direction: input.direction ?? null,
      minEffect: input.minEffect ?? null,
      guardrails: input.guardrails ?? [],
    }),
  }),
);

builder.mutationField('proposeHypothesis', (t) =>
  t.field({
    type: ProposePayload,
    args: { input: t.arg({ type: ProposeHypothesisInput, required: true }) },
    resolve: async (_, { input: { project, ...draft } }, context) => readBack(context, await proposeHypothesis(context.ports, viewerOf(context), { project, draft })),
  }),
);

builder.mutationField('updateHypothesis', (t) =>
  t.field({
    type: UpdatePayload,
    args: { input: t.arg({ type: UpdateHypothesisInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { hypothesis, status, archived, version, ...draft } = input;
      const request = { hypothesis, draft: draft satisfies HypothesisDraft, status: status ?? undefined, archived: archived ?? undefined, version: version ?? undefined };
      return readBack(context, await updateHypothesis(context.ports, viewerOf(context), request));
    },
  }),
);
