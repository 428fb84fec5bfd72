import { mayIn } from '../../domain/access/policy.ts';
import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { changesAtStart, sideFrom, warningAtStart, type ChangesPolicy, type StartReference } from '../../domain/experiments/changes-at-start.ts';
import { variablesIn, type RunChanges, type RunSide } from '../../domain/experiments/run-changes.ts';
import { SEED_PARAMS } from '../../domain/runs/run-tags.ts';
import type { RunCapture } from '../../domain/runs/capture.ts';
import { sourceOf, type AskedDataset } from '../duplicates/source-of.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import type { Standing } from '../ports/run-changes.ts';

export interface ChangesQuestion {
  /** Its slug; null for that of the experiment. */
  readonly project: string | null;
  /** Its key; null where it is the one that runs of `hypothesis` go to, or not known. */
  readonly experiment: string | null;
  /** In words, or its id. */
  readonly hypothesis: string | null;
  readonly params: ReadonlyMap<string, string>;
  readonly capture: RunCapture | null;
  readonly datasets: readonly AskedDataset[];
}

export interface ChangesAtStart extends RunChanges, StartReference {
  readonly runId: string;
  readonly count: number;
  /** Null where an effect can be put down to one variable, or the design takes effects apart. */
  readonly sentence: string | null;
}

/** The baseline before the parent: what is first decides. */
export interface CheckedChanges { readonly policy: ChangesPolicy; readonly changes: readonly ChangesAtStart[] }

const NOTHING: CheckedChanges = { policy: 'WARN', changes: [] };

/** What a run that is about to start changes against the baseline of its experiment and against the newest parent. Nothing where its experiment is not there yet. Stores nothing. */
export async function checkChanges({ store, secrets }: Pick<Ports, 'store' | 'secrets'>, viewer: Viewer, { params, capture, datasets, ...where }: ChangesQuestion): Promise<CheckedChanges> {
  const { digest } = secrets;
  const after = sideFrom(sourceOf(params, capture, { datasets, digest }), capture?.hardware ?? null);
  return store.transaction(async (tx) => {
    const place = await placeOf(tx, viewer, where);
    if (place === null) return NOTHING;
    const references = await referencesOf(tx, viewer, place);
    if (references.length === 0) return NOTHING;
    const sides = await tx.runChanges.sides(references.map(({ runId }) => runId));
    return {
      policy: await tx.runChanges.policy(place.project.id),
      changes: references.flatMap((reference) => { const before = sides.get(reference.runId); return before ? [compared(reference, { before, after }, { design: place.experiment.design, digest })] : []; }),
    };
  });
}

interface Place { readonly experiment: Experiment; readonly project: Project }

/** Where the run would go, as far as the viewer sees it; the start itself says what is wrong with it. */
async function placeOf(tx: Transaction, viewer: Viewer, where: Pick<ChangesQuestion, 'project' | 'experiment' | 'hypothesis'>): Promise<Place | null> {
  const experiment = where.experiment === null ? await ofHypothesis(tx, where) : await tx.experiments.byKey(where.experiment);
  const project = experiment && (await tx.projects.get(experiment.projectId));
  return experiment && project && experiment.deletedAt === null && mayIn(roleIn(viewer, project), 'project.read') ? { experiment, project } : null;
}

async function ofHypothesis(tx: Transaction, { project: slug, hypothesis: said }: Pick<ChangesQuestion, 'project' | 'hypothesis'>): Promise<Experiment | null> {
  if (said === null) return null;
  const project = slug === null ? null : await tx.projects.bySlug(slug);
  const hypothesis = (await tx.hypotheses.get(said)) ?? (project && (await tx.hypotheses.saying(project.id, said)));
  return hypothesis && tx.experiments.madeForRuns(hypothesis.id);
}

const keyOf = ({ experiment, project }: Place): string => `${project.key}-${experiment.number}`;

interface Reference extends StartReference { readonly runId: string }

async function referencesOf(tx: Transaction, viewer: Viewer, { experiment, project }: Place): Promise<readonly Reference[]> {
  const parentIds = await tx.runChanges.parents(viewer, experiment.id);
  const standings = await tx.runChanges.standings([experiment.id, ...parentIds]);
  const baseline = standings.get(experiment.id)?.baseline ?? null;
  const parentId = parentIds.find((id) => standings.has(id));
  const arrived = parentId === undefined ? undefined : standings.get(parentId);
  const parent = parentId === undefined ? null : await named(tx, parentId, arrived?.supported ?? arrived?.baseline ?? null);
  return [...(baseline === null ? [] : [{ against: 'BASELINE' as const, experiment: keyOf({ experiment, project }), runId: baseline.runId }]), ...(parent === null ? [] : [parent])];
}

async function named(tx: Transaction, experimentId: string, standing: Standing | null): Promise<Reference | null> {
  const experiment = standing && (await tx.experiments.get(experimentId));
  const project = experiment && (await tx.projects.get(experiment.projectId));
  return standing && experiment && project ? { against: 'PARENT', experiment: keyOf({ experiment, project }), runId: standing.runId } : null;
}

interface Sides { readonly before: RunSide; readonly after: RunSide }

function compared(reference: Reference, { before, after }: Sides, { design, digest }: { readonly design: Experiment['design']; readonly digest: (text: string) => string }): ChangesAtStart {
  const { changed, unknown } = changesAtStart(before, after, { digest, seedParams: SEED_PARAMS });
  return { ...reference, changed, unknown, count: variablesIn(changed).length, sentence: warningAtStart(changed, reference, design) };
}
