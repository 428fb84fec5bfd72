import { ethicsStanding, sharingRefusal, type EthicsStanding } from '../../domain/ethics/ethics.ts';
import { stillHolds } from '../../domain/reviews/evidence-delta.ts';
import type { ReviewPolicy } from '../../domain/reviews/review-policy.ts';
import type { Transaction } from '../ports/store.ts';

interface OfExperiment { readonly id: string; readonly projectId: string; readonly evidenceDigest: string }

/** What an experiment's data and models ask for, and whether somebody who speaks for ethics has approved this evidence. */
export async function ethicsOf(tx: Transaction, experiment: OfExperiment): Promise<EthicsStanding> {
  const cards = await tx.reviews.cards(experiment.projectId);
  const project = cards.length === 0 ? null : await tx.projects.get(experiment.projectId);
  if (!project) return { risk: null, needed: false, approved: false, reasons: [] };
  const used = new Set((await tx.reviews.namesUsed(experiment.id)).map(({ kind, name }) => `${kind} ${name}`));
  const policy = await tx.reviews.policy(project);
  return ethicsStanding(cards.filter(({ kind, name }) => used.has(`${kind} ${name}`)), policy, await isApproved(tx, experiment, policy));
}

async function isApproved(tx: Transaction, { id, evidenceDigest }: OfExperiment, { material }: ReviewPolicy): Promise<boolean> {
  const approvals = (await tx.reviews.ofExperiment(id)).filter(({ state, ethics, dismissed }) => state === 'APPROVED' && ethics && !dismissed);
  if (approvals.some((approval) => approval.evidenceDigest === evidenceDigest)) return true;
  const now = approvals.length === 0 ? null : await tx.reviews.snapshot(id, evidenceDigest);
  for (const approval of approvals) if (stillHolds(await tx.reviews.snapshot(id, approval.evidenceDigest ?? ''), now, material)) return true;
  return false;
}

/** Refuses what may not leave the project. */
export async function requireEthics(tx: Transaction, experiment: OfExperiment): Promise<void> {
  const refusal = sharingRefusal(await ethicsOf(tx, experiment));
  if (refusal) throw refusal;
}
