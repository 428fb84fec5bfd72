import type { Viewer } from '../../domain/access/viewer.ts';
import type { HypothesisDraft } from '../../domain/hypotheses/hypothesis.ts';
import { reachProject } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import { writeHypothesis } from './write-hypothesis.ts';

/** Writes down what someone believes; resolves to the hypothesis' id. */
export async function proposeHypothesis(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: { readonly project: string; readonly draft: HypothesisDraft }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, request.project, 'hypothesis.propose');
    const hypothesis = await writeHypothesis(tx, ports, { projectId: project.id, authorId: viewer.personId, draft: request.draft });
    return hypothesis.id;
  });
}
