import type { Viewer } from '../../domain/access/viewer.ts';
import type { Match } from '../../domain/duplicates/match.ts';
import type { Ports } from '../ports/ports.ts';
import { toldAsNear } from './check-duplicates.ts';
import { findDuplicates } from './find-duplicates.ts';

/** Earlier runs that did what this one does: the same, repeats of what another experiment ran, and near ones. The viewer's right to see the run was checked. */
export async function duplicatesOfRun(ports: Pick<Ports, 'store' | 'secrets'>, viewer: Viewer, run: { readonly id: string; readonly at: Date; readonly experiment: string }): Promise<readonly Match[]> {
  const recorded = (await ports.store.transaction((tx) => tx.duplicates.recorded([run.id], { files: true }))).get(run.id);
  if (!recorded) return [];
  const found = await findDuplicates(ports, viewer, { source: recorded.source, seed: recorded.seed, experiment: run.experiment, run });
  return [...found.exact, ...toldAsNear(found, run.experiment)];
}
