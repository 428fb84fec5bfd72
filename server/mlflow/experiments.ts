import { z } from 'zod';
import { deleteTrackedExperiment, renameTrackedExperiment, restoreTrackedExperiment } from '../../operations/experiments/retire-tracked-experiment.ts';
import { deleteExperimentTag, tagExperiment } from '../../operations/experiments/tag-experiment.ts';
import { trackExperiment } from '../../operations/experiments/track-experiment.ts';
import { parseTrackedName } from '../../domain/runs/tracked-name.ts';
import { visibleProjects } from '../visibility.ts';
import type { Call, Handler } from './call.ts';
import { fieldsOf } from './call.ts';
import { experimentAnswer, WITH_PROJECT_AND_TAGS } from './experiment-answer.ts';
import { needed, pairMap, pairs, text } from './fields.ts';
import { checkExperimentTag, requireExperimentName } from './limits.ts';
import { invalid, unknown } from './problem.ts';

/** MLflow's text form of an experiment id; "" stands for the default experiment. */
export function experimentNumber(id: string): number {
  if (id === '') return 0;
  if (!/^\s*[+-]?\d+\s*$/.test(id)) throw invalid(`Invalid experiment ID '${id}'. Experiment ID must be a valid integer.`);
  const number = Number(id);
  // Beyond what the database numbers: there is no such experiment, which is what the caller is told.
  if (!(Math.abs(number) < 2 ** 31)) throw unknown(`No Experiment with id=${id.trim()} exists`);
  return number;
}

const createFields = z.object({ name: needed, artifact_location: text.optional(), tags: pairs.optional() });
export const createExperiment: Handler = async (call) => {
  const fields = await fieldsOf(call, createFields);
  requireExperimentName(fields.name);
  const artifactLocation = checkLocation(fields.artifact_location);
  const tags = pairMap(fields.tags, 'tags', checkExperimentTag);
  const mlflowId = await trackExperiment(call.deps.ports, call.viewer, { name: fields.name, tags, artifactLocation });
  return { experiment_id: String(mlflowId) };
};

function checkLocation(location: string | undefined): string | null {
  if (location === undefined || location === '') return null;
  if (location.startsWith('runs:')) throw invalid(`Artifact location cannot be a runs:/ URI. Given: '${location}'`);
  if (location.includes('#')) throw invalid("'artifact_location' URL can't include fragments or params.");
  if (location.length > 2048) throw invalid('Invalid artifact path length. The length of the artifact path cannot be greater than 2048 characters. To configure this limit, please set the MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH environment variable.');
  return location;
}

const idFields = z.object({ experiment_id: needed });
export const getExperiment: Handler = async (call) => {
  const { experiment_id: id } = await fieldsOf(call, idFields);
  return { experiment: await findExperiment(call, experimentNumber(id)) };
};

async function findExperiment({ deps, viewer }: Call, mlflowId: number): Promise<object> {
  const found = await deps.reader.experiment.findFirst({ where: { mlflowId, project: visibleProjects(viewer) }, include: WITH_PROJECT_AND_TAGS });
  if (!found) throw unknown(`No Experiment with id=${mlflowId} exists`);
  return experimentAnswer(found);
}

const nameFields = z.object({ experiment_name: needed });
export const getExperimentByName: Handler = async (call) => {
  const { experiment_name: name } = await fieldsOf(call, nameFields);
  const { reader } = call.deps;
  const { projectSlug, experimentName } = parseTrackedName(name);
  const visible = visibleProjects(call.viewer);
  const found = await reader.experiment.findFirst({ where: { name: experimentName, project: { AND: [visible, { slug: projectSlug }] } }, include: WITH_PROJECT_AND_TAGS })
    // Renamed or moved in Lemma since the script was written: it goes on in the same experiment (docs/decisions/0032).
    ?? await formerlyNamed(call, projectSlug, experimentName);
  if (!found) throw unknown(`Could not find experiment with name '${name}'`);
  return { experiment: experimentAnswer(found) };
};

async function formerlyNamed({ deps: { reader }, viewer }: Call, projectSlug: string, name: string) {
  const visible = visibleProjects(viewer);
  const project = await reader.project.findFirst({ where: { AND: [visible, { slug: projectSlug }] }, select: { id: true } });
  return project && await reader.experiment.findFirst({ where: { formerNames: { some: { projectId: project.id, name } }, project: visible }, include: WITH_PROJECT_AND_TAGS });
}

export const deleteExperiment: Handler = async (call) => {
  const { experiment_id: id } = await fieldsOf(call, idFields);
  await deleteTrackedExperiment(call.deps.ports, call.viewer, experimentNumber(id));
  call.gate.forgetAll();
  return {};
};

export const restoreExperiment: Handler = async (call) => {
  const { experiment_id: id } = await fieldsOf(call, idFields);
  await restoreTrackedExperiment(call.deps.ports, call.viewer, experimentNumber(id));
  call.gate.forgetAll();
  return {};
};

const renameFields = z.object({ experiment_id: needed, new_name: needed });
export const updateExperiment: Handler = async (call) => {
  const fields = await fieldsOf(call, renameFields);
  requireExperimentName(fields.new_name);
  await renameTrackedExperiment(call.deps.ports, call.viewer, { mlflowId: experimentNumber(fields.experiment_id), name: fields.new_name });
  return {};
};

const tagFields = z.object({ experiment_id: needed, key: needed, value: text.optional() });
export const setExperimentTag: Handler = async (call) => {
  const { experiment_id: id, key, value } = await fieldsOf(call, tagFields);
  await tagExperiment(call.deps.ports, call.viewer, { key, value: checkExperimentTag(key, value ?? ''), mlflowId: experimentNumber(id) });
  return {};
};

export const removeExperimentTag: Handler = async (call) => {
  const { experiment_id: id, key } = await fieldsOf(call, tagFields);
  await deleteExperimentTag(call.deps.ports, call.viewer, { mlflowId: experimentNumber(id), key });
  return {};
};
