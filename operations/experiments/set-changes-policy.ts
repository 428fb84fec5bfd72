import type { Viewer } from '../../domain/access/viewer.ts';
import type { ChangesPolicy } from '../../domain/experiments/changes-at-start.ts';
import type { Ports } from '../ports/ports.ts';
import { reachProject } from './reach.ts';
import { announcePolicy } from '../projects/announce-policy.ts';

/** Says what comes of a run that changes several variables at once. Resolves to the project's id. */
export async function setChangesPolicy({ store }: Pick<Ports, 'store'>, viewer: Viewer, request: { readonly project: string; readonly policy: ChangesPolicy }): Promise<string> {
  return store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, request.project, 'policy.edit');
    const before = await tx.runChanges.policy(project.id);
    if (before === request.policy) return project.id;
    await tx.runChanges.setPolicy(project.id, request.policy);
    await announcePolicy(tx, viewer, project.id, { before: { changes: before }, now: { changes: request.policy } });
    return project.id;
  });
}
