import type { Prisma } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';
import { builder } from '../builder.ts';
import { variantOf } from '../loaders.ts';
import { RunRef, VariantRef, VerdictRef } from '../types.ts';
import { ComparisonRef, comparisonsFrom, GuardrailResultRef, guardrailsFrom, VerdictOutcomeEnum } from './comparison.ts';

interface LeftOutRun { readonly run: Prisma.RunModel; readonly reason: string }
const LeftOutRunRef = builder.objectRef<LeftOutRun>('LeftOutRun').implement({
  fields: (t) => ({ run: t.field({ type: RunRef, resolve: (left) => left.run }), reason: t.exposeString('reason') }),
});

const MOST_LEFT_OUT = 200;

const leftOutOf = batchedRows<string, readonly LeftOutRun[]>(async (experimentIds, { reader }) => {
  const runs = await reader.run.findMany({
    where: { experimentId: { in: [...experimentIds] }, OR: [{ status: { in: ['FAILED', 'KILLED'] } }, { deletedAt: { not: null } }, { excludedAt: { not: null } }] },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: MOST_LEFT_OUT * experimentIds.length,
  });
  return new Map(experimentIds.map((id) => [id, runs.filter((run) => run.experimentId === id).slice(0, MOST_LEFT_OUT).map((run) => ({ run, reason: reasonFor(run) }))]));
});

function reasonFor(run: Prisma.RunModel): string {
  if (run.excludedAt) return `Excluded: ${run.excludedReason ?? 'no reason was recorded'}`;
  if (run.deletedAt) return 'Deleted';
  return run.status === 'KILLED' ? 'Stopped before it finished' : 'Failed';
}

VerdictRef.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    outcome: t.field({ type: VerdictOutcomeEnum, resolve: (verdict) => verdict.outcome }),
    metric: t.exposeString('metric'),
    effect: t.exposeFloat('effect', { nullable: true }),
    ciLow: t.exposeFloat('ciLow', { nullable: true }),
    ciHigh: t.exposeFloat('ciHigh', { nullable: true }),
    pValue: t.exposeFloat('pValue', { nullable: true }),
    correctedP: t.exposeFloat('correctedP', { nullable: true }),
    baselineRuns: t.exposeInt('baselineRuns'),
    treatmentRuns: t.exposeInt('treatmentRuns'),
    runsNeeded: t.exposeInt('runsNeeded', { nullable: true }),
    method: t.exposeString('method'),
    explanation: t.exposeString('explanation'),
    treatment: t.field({ type: VariantRef, nullable: true, resolve: async ({ treatmentId }, _, context) => (treatmentId === null ? null : ((await variantOf(context, treatmentId)) ?? null)) }),
    comparisons: t.field({ type: [ComparisonRef], resolve: (verdict) => comparisonsFrom(verdict.comparisons) }),
    guardrails: t.field({ type: [GuardrailResultRef], resolve: (verdict) => guardrailsFrom(verdict.guardrails) }),
    inputsDigest: t.exposeString('inputsDigest'),
    computedAt: t.expose('computedAt', { type: 'DateTime' }),
    leftOut: t.field({
      type: [LeftOutRunRef],
      description: 'Runs left out of the statistics: failed, deleted and excluded, with the reason.',
      resolve: async (verdict, _, context) => [...((await leftOutOf(context, verdict.experimentId)) ?? [])],
    }),
  }),
});
