import type { CardKind, DataCard, RiskClass } from '../../domain/ethics/data-card.ts';
import type { EvidenceSnapshot } from '../../domain/reviews/evidence-snapshot.ts';
import { policyFrom } from '../../domain/reviews/review-policy.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Review, ReviewRecords } from '../../operations/ports/reviews.ts';
import { reviewFacts } from './review-facts.ts';

const WHOLE = { additions: { orderBy: [{ addedAt: 'asc' }, { id: 'asc' }] }, dismissal: true } as const satisfies Prisma.ReviewInclude;
type Row = Prisma.ReviewGetPayload<{ include: typeof WHOLE }>;

/** With what was added below it. */
const reviewFrom = ({ additions, dismissal, body, ...row }: Row): Review => ({ ...row, body: [body, ...additions.map((addition) => addition.body)].filter((part) => part !== null).join('\n\n') || null, dismissed: dismissal !== null });

export const reviewRecords = (tx: Prisma.TransactionClient): ReviewRecords => ({
  async ofExperiment(experimentId) {
    return (await tx.review.findMany({ where: { experimentId }, include: WHOLE, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(reviewFrom);
  },
  async ethicsApprovals(experimentIds) {
    return (await tx.review.findMany({ where: { experimentId: { in: [...experimentIds] }, state: 'APPROVED', ethics: true, dismissal: null }, include: WHOLE, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(reviewFrom);
  },
  async get(id) {
    const row = await tx.review.findUnique({ where: { id }, include: WHOLE });
    return row && reviewFrom(row);
  },
  async countedRuns(experimentId) {
    const rows = await tx.run.groupBy({ by: ['createdById'], where: { experimentId, status: 'FINISHED', deletedAt: null, excludedAt: null }, _count: true });
    return { countedRuns: rows.reduce((sum, row) => sum + row._count, 0), loggedRuns: new Map(rows.flatMap(({ createdById, _count }) => (createdById === null ? [] : [[createdById, _count]]))) };
  },
  async insert(review) { await tx.review.create({ data: review }); },
  async decide(id, decision) { await tx.review.update({ where: { id }, data: decision }); },
  async add({ id, reviewId, body, at }) { await tx.reviewAddition.create({ data: { id, reviewId, body, addedAt: at } }); },
  async dismiss(reviewId, { personId, reason, at }) { await tx.reviewDismissal.create({ data: { reviewId, dismissedById: personId, reason, dismissedAt: at } }); },
  async withdrawTeam(experimentId, teamId, except) { await tx.review.deleteMany({ where: { experimentId, teamId, state: 'REQUESTED', id: { not: except } } }); },

  async keepSnapshot(experimentId, digest, { content, at }) {
    const key = { experimentId_digest: { experimentId, digest } };
    await tx.evidenceSnapshot.upsert({ where: key, create: { experimentId, digest, content: content as unknown as Prisma.InputJsonObject, takenAt: at }, update: {} });
    await tx.$executeRaw`
      DELETE FROM evidence_snapshots s WHERE s.experiment_id = ${experimentId} AND s.digest <> ${digest}
        AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.experiment_id = s.experiment_id AND r.evidence_digest = s.digest)
        AND NOT EXISTS (SELECT 1 FROM evidence_looks l WHERE l.experiment_id = s.experiment_id AND l.digest = s.digest)`;
  },
  hasSnapshot: async (experimentId, digest) => (await tx.evidenceSnapshot.count({ where: { experimentId, digest } })) > 0,
  async snapshot(experimentId, digest) {
    return ((await tx.evidenceSnapshot.findUnique({ where: { experimentId_digest: { experimentId, digest } } }))?.content ?? null) as EvidenceSnapshot | null;
  },
  async snapshots(experimentIds, digests) {
    const rows = await tx.evidenceSnapshot.findMany({ where: { experimentId: { in: [...experimentIds] }, digest: { in: [...digests] } } });
    return rows.map(({ experimentId, digest, content }) => ({ experimentId, digest, content: content as unknown as EvidenceSnapshot }));
  },
  async namedRuns(experimentId) {
    const rows = await tx.run.findMany({ where: { experimentId, deletedAt: null }, select: { id: true, name: true, endedAt: true } });
    return new Map(rows.map((row) => [row.id, row]));
  },
  async look(experimentId, personId, { digest, at }) {
    await tx.evidenceLook.upsert({ where: { experimentId_personId: { experimentId, personId } }, create: { experimentId, personId, digest, lookedAt: at }, update: { digest, lookedAt: at } });
  },

  async policy({ id, policyPreset }) {
    return policyFrom((await tx.reviewPolicy.findUnique({ where: { projectId: id } }))?.content ?? null, policyPreset);
  },
  async savePolicy(projectId, policy, { personId, at }) {
    if (policy === null) { await tx.reviewPolicy.deleteMany({ where: { projectId } }); return; }
    const data = { content: policy as unknown as Prisma.InputJsonObject, changedById: personId, changedAt: at };
    await tx.reviewPolicy.upsert({ where: { projectId }, create: { projectId, ...data }, update: data });
  },

  async cards(projectId) {
    const rows = await tx.dataCard.findMany({ where: { projectId }, orderBy: [{ kind: 'asc' }, { name: 'asc' }] });
    return rows.map(({ kind, name, licence, personalData, consent, risk, note }): DataCard => ({ kind: kind as CardKind, name, licence, personalData, consent, risk: risk as RiskClass, note }));
  },
  async saveCard(projectId, card, { personId, at }) {
    const data = { ...card, changedById: personId, changedAt: at };
    await tx.dataCard.upsert({ where: { projectId_kind_name: { projectId, kind: card.kind, name: card.name } }, create: { projectId, ...data }, update: data });
  },
  async cardsUsed(experimentIds, cards) {
    const [ids, named] = [[...experimentIds], (kind: CardKind) => cards.filter((card) => card.kind === kind).map(({ name }) => name)];
    return tx.$queryRaw<{ experimentId: string; kind: CardKind; name: string }[]>`
      SELECT DISTINCT r.experiment_id AS "experimentId", 'DATASET' AS kind, d.name FROM runs r JOIN run_inputs i ON i.run_id = r.id JOIN datasets d ON d.id = i.dataset_id
        WHERE r.experiment_id = ANY(${ids}) AND d.name = ANY(${named('DATASET')}) AND r.status = 'FINISHED' AND r.deleted_at IS NULL AND r.excluded_at IS NULL
      UNION SELECT r.experiment_id, 'MODEL', m.name FROM registered_models m JOIN model_versions v ON v.registered_model_id = m.id JOIN runs r ON r.id = v.run_id
        WHERE r.experiment_id = ANY(${ids}) AND m.name = ANY(${named('MODEL')}) AND r.deleted_at IS NULL`;
  },
  ...reviewFacts(tx),
});
