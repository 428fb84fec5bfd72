import type { Viewer } from '../../domain/access/viewer.ts';
import type { ChangesPolicy } from '../../domain/experiments/changes-at-start.ts';
import type { RunSide } from '../../domain/experiments/run-changes.ts';

/** The run that is read for a variant: one that counts, if there is one, captured if there is one, the first of those. */
export interface Standing { readonly variantId: string; readonly runId: string }

/** What runs of an experiment, or of one derived from it, are compared with: its baseline, and the treatment that its verdict supports. */
export interface Standings { readonly baseline: Standing | null; readonly supported: Standing | null }

export interface RunChangeRecords {
  /** Of each experiment that has either. */
  standings(experimentIds: readonly string[]): Promise<ReadonlyMap<string, Standings>>;
  /** What is recorded of runs by now, as far as it is compared. */
  sides(runIds: readonly string[]): Promise<ReadonlyMap<string, RunSide>>;
  /** Parents of an experiment that the viewer may see, deleted ones left out; the newest first. */
  parents(viewer: Viewer, experimentId: string): Promise<readonly string[]>;
  policy(projectId: string): Promise<ChangesPolicy>;
  setPolicy(projectId: string, policy: ChangesPolicy): Promise<void>;
}
