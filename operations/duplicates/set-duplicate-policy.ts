import type { Viewer } from '../../domain/access/viewer.ts';
import type { DuplicatePolicy } from '../../domain/duplicates/match.ts';
import { reachProject } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import { announcePolicy } from '../projects/announce-policy.ts';

/** Says what comes of a run that was done before. Resolves to the project's id. */
export async function setDuplicatePolicy({ store }: Pick<Ports, 'store'>, viewer: Viewer, request: { readonly project: string; readonly policy: DuplicatePolicy }): Promise<string> {
  return store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, request.project, 'policy.edit');
    const before = await tx.duplicates.policy(project.id);
    if (before === request.policy) return project.id;
    await tx.duplicates.setPolicy(project.id, request.policy);
    await announcePolicy(tx, viewer, project.id, { before: { duplicates: before }, now: { duplicates: request.policy } });
    return project.id;
  });
}
