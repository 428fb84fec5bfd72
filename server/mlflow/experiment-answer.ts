import type { ExperimentModel, ExperimentTagModel } from '../../generated/prisma/models.ts';
import { TAG } from '../../domain/runs/run-tags.ts';
import { shownName } from '../../domain/runs/tracked-name.ts';
import { REMEMBERED } from '../../operations/experiments/track-experiment.ts';

export const WITH_PROJECT_AND_TAGS = { project: { select: { slug: true } }, tags: true } as const;

export interface ShownExperiment extends Pick<ExperimentModel, 'mlflowId' | 'name' | 'description' | 'createdAt' | 'updatedAt' | 'deletedAt'> {
  readonly project: { readonly slug: string };
  readonly tags: readonly Pick<ExperimentTagModel, 'key' | 'value'>[];
}

/** The experiment in MLflow's JSON. */
export function experimentAnswer(experiment: ShownExperiment): object {
  const tags = new Map(experiment.tags.map(({ key, value }) => [key, value]));
  const name = shownName({ projectSlug: experiment.project.slug, experimentName: experiment.name }, tags.get(REMEMBERED.name));
  const location = tags.get(REMEMBERED.artifactLocation) ?? artifactRoot(experiment.mlflowId);
  const shown = shownTags(tags, experiment.description);
  return {
    experiment_id: String(experiment.mlflowId),
    name,
    artifact_location: location,
    lifecycle_stage: experiment.deletedAt === null ? 'active' : 'deleted',
    last_update_time: experiment.updatedAt.getTime(),
    creation_time: experiment.createdAt.getTime(),
    ...(shown.length > 0 ? { tags: shown } : {}),
    workspace: 'default',
  };
}

/** Where an experiment's artifacts are, for clients that send them through this server. */
export const artifactRoot = (mlflowId: number): string => `mlflow-artifacts:/${mlflowId}`;

/** MLflow's note is the description, wherever it was written last. */
function shownTags(tags: ReadonlyMap<string, string>, description: string | null): readonly object[] {
  const note = tags.get(TAG.note);
  const current = new Map(tags);
  current.delete(REMEMBERED.name);
  if (description === null) current.delete(TAG.note);
  else if (note?.trim() !== description) current.set(TAG.note, description);
  return [...current].map(([key, value]) => ({ key, value }));
}
