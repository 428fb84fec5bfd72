import type { Viewer } from '../../domain/access/viewer.ts';
import { requireFileDays } from '../../domain/artifacts/file-rule.ts';
import { keptMs } from '../../domain/runs/retention.ts';
import { reachProject } from '../experiments/reach.ts';
import type { FilesRemoved } from '../ports/file-rules.ts';
import type { Ports } from '../ports/ports.ts';
import { announcePolicy } from '../projects/announce-policy.ts';

/** Says for how many days files of ended runs are kept; null: for ever. Resolves to the project's id. */
export async function setFileRule({ store }: Pick<Ports, 'store'>, viewer: Viewer, request: { readonly project: string; readonly days: number | null }): Promise<string> {
  const days = requireFileDays(request.days);
  return store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, request.project, 'policy.edit');
    const before = await tx.fileRules.days(project.id);
    if (before === days) return project.id;
    await tx.fileRules.setDays(project.id, days);
    await announcePolicy(tx, viewer, project.id, { before: { fileDays: before }, now: { fileDays: days } });
    return project.id;
  });
}

/** What such a rule would remove now. Only those who may set it ask: it is read from all files of the project. */
export async function tryFileRule({ store, clock }: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly project: string; readonly days: number }): Promise<FilesRemoved> {
  const days = requireFileDays(request.days) ?? 0;
  return store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, request.project, 'policy.edit');
    return tx.fileRules.wouldGo(project.id, { before: clock.after(-keptMs(days)), now: clock.now() });
  });
}
