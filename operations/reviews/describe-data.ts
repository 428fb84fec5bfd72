import type { Viewer } from '../../domain/access/viewer.ts';
import { dataCard, type CardGiven } from '../../domain/ethics/data-card.ts';
import { reachProject } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';

/** Says what is known of a dataset or model: licence, people in it, consent, risk. Resolves to the project's id. */
export async function describeData(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly project: string; readonly card: CardGiven }): Promise<string> {
  const card = dataCard(request.card);
  return ports.store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, request.project, 'data.describe');
    await tx.reviews.saveCard(project.id, card, { personId: viewer.personId, at: ports.clock.now() });
    await tx.outbox.change({ noun: 'project', id: project.id, verb: 'data-described', projectId: project.id, experimentId: null, subjectId: null });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'project.data-described', subjectKind: 'project', subjectId: project.id, detail: { ...card } });
    return project.id;
  });
}
