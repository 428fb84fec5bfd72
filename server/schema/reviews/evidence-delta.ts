import { evidenceDelta, reasonWords, type EvidenceChange } from '../../../domain/reviews/evidence-delta.ts';
import { EVIDENCE_KINDS, type EvidenceSnapshot } from '../../../domain/reviews/evidence-snapshot.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { batchedOwn, batchedRows } from '../../batched.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { ExperimentRef, ReviewRef } from '../types.ts';
import { experimentOf } from '../loaders.ts';

export const EvidenceKindEnum = builder.enumType('EvidenceKind', { description: 'What of the evidence changed.', values: EVIDENCE_KINDS });

const ChangeRef = builder.objectRef<EvidenceChange>('EvidenceChange').implement({
  fields: (t) => ({ kind: t.field({ type: EvidenceKindEnum, resolve: ({ kind }) => kind }), words: t.exposeString('words', { description: '"run 7 ended"' }) }),
});

interface Delta { readonly since: Date | null; readonly from: string; readonly changes: readonly EvidenceChange[] }
const DeltaRef = builder.objectRef<Delta>('EvidenceDelta').implement({
  description: 'What differs between the evidence that was looked at and the evidence of now.',
  fields: (t) => ({
    since: t.field({ type: 'DateTime', nullable: true, resolve: ({ since }) => since }),
    from: t.exposeString('from', { description: 'The digest that was looked at.' }),
    sentence: t.string({ nullable: true, description: 'The cause and what it did: "run 7 ended and moved the effect from +0.3 to +0.1".', resolve: ({ changes }) => reasonWords(changes) }),
    changes: t.field({ type: [ChangeRef], resolve: ({ changes }) => [...changes] }),
  }),
});

/** Kept evidence by experiment and digest ("exp_… digest"). */
const snapshotOf = batchedRows<string, EvidenceSnapshot>(async (keys, { reader }) => {
  const wanted = keys.map((key) => { const [experimentId = '', digest = ''] = key.split(' '); return { experimentId, digest }; });
  const rows = await reader.evidenceSnapshot.findMany({ where: { OR: wanted } });
  return new Map(rows.map(({ experimentId, digest, content }) => [`${experimentId} ${digest}`, content as unknown as EvidenceSnapshot]));
});

export const evidenceAt = async (context: Context, experimentId: string, digest: string): Promise<EvidenceSnapshot | null> => (await snapshotOf(context, `${experimentId} ${digest}`)) ?? null;

/** Null where nothing changed, or where it is not known what was looked at. */
async function deltaSince(context: Context, experiment: Prisma.ExperimentModel, looked: { readonly digest: string; readonly at: Date | null }): Promise<Delta | null> {
  if (looked.digest === experiment.evidenceDigest) return null;
  const [before, now] = [await evidenceAt(context, experiment.id, looked.digest), await evidenceAt(context, experiment.id, experiment.evidenceDigest)];
  return before === null || now === null ? null : { since: looked.at, from: looked.digest, changes: evidenceDelta(before, now) };
}

const lookOf = batchedOwn<Prisma.EvidenceLookModel>(async (experimentIds, personIds, { reader }) => {
  const rows = await reader.evidenceLook.findMany({ where: { experimentId: { in: [...experimentIds] }, personId: { in: [...personIds] } } });
  return rows.map((row) => ({ id: row.experimentId, personId: row.personId, own: row }));
});

builder.objectFields(ExperimentRef, (t) => ({
  changesSinceLook: t.field({
    type: DeltaRef,
    nullable: true,
    description: 'What changed since the viewer last looked at the evidence or decided on it; null when nothing did, or when they never looked.',
    resolve: async (experiment, _, context) => {
      const look = await lookOf(context, experiment.id);
      return look === undefined ? null : deltaSince(context, experiment, { digest: look.digest, at: look.lookedAt });
    },
  }),
}));

builder.objectField(ReviewRef, 'changesSince', (t) =>
  t.field({
    type: DeltaRef,
    nullable: true,
    description: 'What changed since this was decided: all that must be looked at to decide again.',
    resolve: async (review, _, context) => {
      const experiment = review.evidenceDigest === null ? undefined : await experimentOf(context, review.experimentId);
      return experiment ? deltaSince(context, experiment, { digest: review.evidenceDigest ?? '', at: review.decidedAt }) : null;
    },
  }),
);
