import { mayIn } from '../../domain/access/policy.ts';
import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { dataCard, type CardGiven } from '../../domain/ethics/data-card.ts';
import { descriptionRefusal } from '../../domain/ethics/ethics.ts';
import { reachProject } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';

/** Says what is known of a dataset or model: licence, people in it, consent, risk. Refuses who would lift the ethics gate alone. Resolves to the project's id. */
export async function describeData(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly project: string; readonly card: CardGiven }): Promise<string> {
  const card = dataCard(request.card);
  return ports.store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, request.project, 'data.describe');
    const policy = await tx.reviews.policy(project);
    const before = (await tx.reviews.cards(project.id)).find(({ kind, name }) => kind === card.kind && name === card.name) ?? null;
    const by = { speaksForEthics: policy.ethicsReviewers.includes(viewer.personId), setsPolicy: mayIn(roleIn(viewer, project), 'policy.edit') };
    const refusal = descriptionRefusal(before, card, by, policy);
    if (refusal) throw refusal;
    await tx.reviews.saveCard(project.id, card, { personId: viewer.personId, at: ports.clock.now() });
    await tx.outbox.change({ noun: 'project', id: project.id, verb: 'data-described', projectId: project.id, experimentId: null, subjectId: null });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'project.data-described', subjectKind: 'project', subjectId: project.id, detail: { ...card } });
    return project.id;
  });
}
