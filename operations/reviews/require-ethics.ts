import { ethicsStanding, sharingRefusal, type EthicsStanding } from '../../domain/ethics/ethics.ts';
import { stillHolds } from '../../domain/reviews/evidence-delta.ts';
import type { ReviewPolicy } from '../../domain/reviews/review-policy.ts';
import type { Transaction } from '../ports/store.ts';

interface OfExperiment { readonly id: string; readonly projectId: string; readonly evidenceDigest: string }

const UNASKED: EthicsStanding = { risk: null, needed: false, approved: false, reasons: [] };

/** What each experiment's data and models ask for, and whether somebody who speaks for ethics has approved this evidence. As many queries for many as for one. */
export async function ethicsOf(tx: Transaction, experiments: readonly OfExperiment[]): Promise<ReadonlyMap<string, EthicsStanding>> {
  const standings = new Map<string, EthicsStanding>();
  for (const [projectId, own] of Map.groupBy(experiments, (each) => each.projectId)) {
    const cards = await tx.reviews.cards(projectId);
    const project = cards.length === 0 ? null : await tx.projects.get(projectId);
    if (!project) { for (const { id } of own) standings.set(id, UNASKED); continue; }
    const used = new Set((await tx.reviews.cardsUsed(own.map(({ id }) => id), cards)).map(({ experimentId, kind, name }) => `${experimentId} ${kind} ${name}`));
    const policy = await tx.reviews.policy(project);
    const approved = await approvedOf(tx, own, policy);
    for (const { id } of own) standings.set(id, ethicsStanding(cards.filter(({ kind, name }) => used.has(`${id} ${kind} ${name}`)), policy, approved.has(id)));
  }
  return standings;
}

async function approvedOf(tx: Transaction, experiments: readonly OfExperiment[], { material }: ReviewPolicy): Promise<ReadonlySet<string>> {
  const ids = experiments.map(({ id }) => id);
  const approvals = (await tx.reviews.ethicsApprovals(ids)).map(({ experimentId, evidenceDigest }) => ({ experimentId, digest: evidenceDigest ?? '' }));
  if (approvals.length === 0) return new Set();
  const kept = await tx.reviews.snapshots(ids, [...new Set([...approvals, ...experiments.map(({ evidenceDigest }) => ({ digest: evidenceDigest }))].map(({ digest }) => digest))]);
  const snapshot = (experimentId: string, digest: string) => kept.find((each) => each.experimentId === experimentId && each.digest === digest)?.content ?? null;
  const holds = ({ id, evidenceDigest }: OfExperiment) => approvals.some(({ experimentId, digest }) => experimentId === id && (digest === evidenceDigest || stillHolds(snapshot(id, digest), snapshot(id, evidenceDigest), material)));
  return new Set(experiments.filter(holds).map(({ id }) => id));
}

/** Refuses what may not leave the project. */
export async function requireEthics(tx: Transaction, experiments: readonly OfExperiment[]): Promise<void> {
  for (const standing of (await ethicsOf(tx, experiments)).values()) {
    const refusal = sharingRefusal(standing);
    if (refusal) throw refusal;
  }
}

/** Those of the experiments that may leave their project. */
export async function fitToLeave<Row extends OfExperiment>(tx: Transaction, experiments: readonly Row[]): Promise<readonly Row[]> {
  const standings = await ethicsOf(tx, experiments);
  return experiments.filter(({ id }) => !sharingRefusal(standings.get(id) ?? UNASKED));
}
