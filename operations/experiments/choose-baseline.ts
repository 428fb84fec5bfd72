import type { Viewer } from '../../domain/access/viewer.ts';
import { conflict, notFound } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import { reachExperiment } from './reach.ts';
import { announceExperiment } from './write-experiment.ts';

/** Says which variant the others are compared with. The choice is of the fingerprint, so it survives the variants being computed again. */
export async function chooseBaseline(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly experiment: string; readonly variant: string }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: experiment } = await reachExperiment(tx, viewer, request.experiment, 'baseline.choose');
    const variant = await tx.experiments.variant(request.variant);
    // A variant of another experiment does not exist here, whether or not the viewer may see that experiment.
    if (!variant || variant.experimentId !== experiment.id) throw notFound('variant/unknown', 'This experiment has no such variant. Choose one of its own.');
    if (variant.fingerprint === experiment.baselineFingerprint) return experiment.id;
    if (!variant.hasEndedRun) throw conflict('variant/not-ended', 'None of its runs has ended yet. Choose it as the baseline when one has.');
    await tx.experiments.update(experiment.id, { baselineFingerprint: variant.fingerprint, updatedAt: ports.clock.now() });
    await tx.outbox.analyse(experiment.id);
    await announceExperiment(tx, experiment, { actorId: viewer.personId, verb: 'baseline-chosen', detail: { variantId: variant.id, label: variant.label } });
    return experiment.id;
  });
}
