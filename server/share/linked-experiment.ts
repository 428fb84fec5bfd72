import type { SharedHypothesis } from '../../contracts/share-page.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import { fitToLeave } from '../../operations/reviews/require-ethics.ts';
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
export const onlyFit = <Row extends { readonly id: string; readonly projectId: string; readonly evidenceDigest: string }>({ ports }: Context, experiments: readonly Row[]): Promise<readonly Row[]> =>
  (experiments.length === 0 ? Promise.resolve([]) : ports.store.transaction((tx) => fitToLeave(tx, experiments)));

export function sharedHypothesis({ statement, change, because, metric, direction, minEffect, guardrails, status }: Prisma.HypothesisModel): SharedHypothesis {
  return { statement, change, because, metric, direction, minEffect, guardrails, status };
}
