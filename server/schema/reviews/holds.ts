import { stillHolds } from '../../../domain/reviews/evidence-delta.ts';
import { EVIDENCE_KINDS } from '../../../domain/reviews/evidence-snapshot.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Context } from '../../context.ts';
import { reviewsOf } from '../experiments/experiment-lists.ts';
import { evidenceAt } from './evidence-delta.ts';
import { policyOf } from './review-rules.ts';

/** Whether a decision on other evidence still speaks of an experiment's: read only where a policy calls some changes immaterial, as by default all are material. */
export async function holdsFor(context: Context, { id, projectId, evidenceDigest }: Prisma.ExperimentModel): Promise<(digest: string) => boolean> {
  const material = (await policyOf(context, projectId))?.material ?? EVIDENCE_KINDS;
  if (material.length === EVIDENCE_KINDS.length) return () => false;
  const now = await evidenceAt(context, id, evidenceDigest);
  const digests = new Set(((await reviewsOf(context, id)) ?? []).map((review) => review.evidenceDigest).filter((digest) => digest !== null));
  const kept = new Map(await Promise.all([...digests].map(async (digest) => [digest, await evidenceAt(context, id, digest)] as const)));
  return (digest) => stillHolds(kept.get(digest) ?? null, now, material);
}
