import type { Viewer } from '../../domain/access/viewer.ts';
import type { DuplicatePolicy } from '../../domain/duplicates/match.ts';
import { seedFrom } from '../../domain/runs/run-tags.ts';
import type { RunCapture } from '../../domain/runs/capture.ts';
import { projectBySlug } from '../projects/project-by-slug.ts';
import { projectOf, unknownExperiment } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import { findDuplicates, MOST_MATCHES, type Duplicates } from './find-duplicates.ts';
import { sourceOf, type AskedDataset } from './source-of.ts';

export interface DuplicateCheck {
  /** Its slug; null for that of the experiment. */
  readonly project: string | null;
  readonly params: ReadonlyMap<string, string>;
  readonly capture: RunCapture | null;
  readonly datasets: readonly AskedDataset[];
  /** Its key, where it is known. */
  readonly experiment: string | null;
}

export interface CheckedDuplicates extends Duplicates { readonly policy: DuplicatePolicy }

/** What a run that is about to start would repeat, and what its project wants to come of that. A repeat of what another experiment ran is told among the near. Stores nothing. */
export async function checkDuplicates(ports: Pick<Ports, 'store' | 'secrets'>, viewer: Viewer, check: DuplicateCheck): Promise<CheckedDuplicates> {
  const policy = await ports.store.transaction(async (tx) => tx.duplicates.policy((await projectOfCheck(tx, viewer, check)).id));
  const source = sourceOf(check.params, check.capture, { datasets: check.datasets, digest: ports.secrets.digest });
  const found = await findDuplicates(ports, viewer, { source, seed: seedFrom(check.params), experiment: check.experiment, run: null });
  return { policy, ...found, near: toldAsNear(found, check.experiment) };
}

async function projectOfCheck(tx: Transaction, viewer: Viewer, { project, experiment }: Pick<DuplicateCheck, 'project' | 'experiment'>): Promise<Project> {
  if (project !== null) return projectBySlug(tx, viewer, project);
  const known = experiment === null ? null : await tx.experiments.byKey(experiment);
  if (known === null) throw unknownExperiment();
  return projectOf(tx, viewer, known.projectId, { action: 'project.read', unknown: unknownExperiment });
}

/** Without knowing the experiment nobody can say that a repeat is not wanted. */
export function toldAsNear({ repeats, near }: Duplicates, experiment: string | null): Duplicates['near'] {
  const elsewhere = experiment === null ? [] : repeats.filter(({ run }) => run.experiment !== experiment);
  const first = [...new Map(elsewhere.map((match) => [match.run.experimentId, match])).values()];
  return [...first, ...near].slice(0, MOST_MATCHES);
}
