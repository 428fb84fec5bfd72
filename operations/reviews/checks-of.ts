import { attributionWarning } from '../../domain/experiments/changed-variables.ts';
import type { ExperimentDesign } from '../../domain/experiments/design.ts';
import { suggestedChecks, type SuggestedCheck } from '../../domain/reviews/checks.ts';
import type { Transaction } from '../ports/store.ts';

/** The suggested checks of an experiment's evidence as it is now; none before it was analysed. */
export async function checksOf(tx: Transaction, experiment: { readonly id: string; readonly evidenceDigest: string }): Promise<readonly SuggestedCheck[]> {
  const evidence = await tx.reviews.snapshot(experiment.id, experiment.evidenceDigest);
  if (evidence === null) return [];
  const { changed, ...facts } = await tx.reviews.checkedFacts(experiment.id);
  const warning = attributionWarning(changed, facts.design as ExperimentDesign);
  return suggestedChecks({ ...facts, evidence, changedVariables: changed.length, attributionWarning: warning }, await tx.reviews.ticks(experiment.id), experiment.evidenceDigest);
}
