import type { Viewer } from '../../domain/access/viewer.ts';
import { conflict } from '../../domain/refusal.ts';
import { reachExperiment } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';

/** The viewer has looked at this evidence: from now on they are told what changed since. Nobody else is. Resolves to the experiment's id. */
export async function lookAtEvidence(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly experiment: string; readonly evidenceDigest: string }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: experiment } = await reachExperiment(tx, viewer, request.experiment, 'project.read');
    if (request.evidenceDigest !== experiment.evidenceDigest) throw conflict('review/evidence-changed', 'The evidence changed while you were looking at it. Look at it again.');
    await tx.reviews.look(experiment.id, viewer.personId, { digest: experiment.evidenceDigest, at: ports.clock.now() });
    return experiment.id;
  });
}
