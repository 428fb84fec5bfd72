import type { SharedHypothesis } from '../../contracts/share-page.ts';
import { sharingRefusal } from '../../domain/ethics/ethics.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import { ethicsOf } from '../../operations/reviews/require-ethics.ts';
import type { Context } from '../context.ts';
import { experimentOf, hypothesisOf } from '../schema/loaders.ts';

export interface LinkedExperiment { readonly experiment: Prisma.ExperimentModel; readonly hypothesis: Prisma.HypothesisModel }

/** An experiment that this link may show something of: in the link's own project, not deleted, and with a hypothesis to read it by. What moved away is not shared along. */
export async function experimentOfLink(context: Context, link: Pick<ShareLink, 'projectId'>, id: string): Promise<LinkedExperiment | null> {
  const experiment = await experimentOf(context, id);
  if (!experiment || experiment.deletedAt !== null || experiment.projectId !== link.projectId || experiment.hypothesisId === null) return null;
  const hypothesis = await hypothesisOf(context, experiment.hypothesisId);
  return hypothesis ? { experiment, hypothesis } : null;
}

/** Those whose data and models ask for no approval that is missing. */
export async function fitToLeave<Row extends { readonly id: string; readonly projectId: string; readonly evidenceDigest: string }>(context: Context, experiments: readonly Row[]): Promise<readonly Row[]> {
  if (experiments.length === 0) return [];
  return context.ports.store.transaction(async (tx) => {
    const fit: Row[] = [];
    for (const experiment of experiments) if (!sharingRefusal(await ethicsOf(tx, experiment))) fit.push(experiment);
    return fit;
  });
}

export function sharedHypothesis({ statement, change, because, metric, direction, minEffect, guardrails, status }: Prisma.HypothesisModel): SharedHypothesis {
  return { statement, change, because, metric, direction, minEffect, guardrails, status };
}
