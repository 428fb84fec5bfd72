import type { Reader } from '../../adapters/postgres/reader.ts';
import type { Run } from '../../operations/ports/runs.ts';
import type { MetricSummary } from '../../operations/ports/metric-store.ts';
import { mayIn } from '../../domain/access/policy.ts';
import { roleIn, type ProjectRole, type Viewer } from '../../domain/access/viewer.ts';
import type { Call } from './call.ts';
import { REMEMBERED } from '../../operations/experiments/track-experiment.ts';
import { artifactRoot } from './experiment-answer.ts';
import { doubleJson, int64Json } from './json.ts';

/** A run with what its answer needs of the experiment. */
export interface ShownRun extends Run {
  readonly experiment: { readonly mlflowId: number; readonly tags: readonly { readonly key: string; readonly value: string }[] };
}

/** What to read along with a run; see ShownRun. */
export const WITH_EXPERIMENT = { experiment: { select: { mlflowId: true, tags: { where: { key: REMEMBERED.artifactLocation }, select: { key: true, value: true } } } } } as const;

export const artifactUri = ({ id, experiment }: Pick<ShownRun, 'id' | 'experiment'>): string =>
  `${(experiment.tags[0]?.value ?? artifactRoot(experiment.mlflowId)).replace(/\/+$/, '')}/${id}/artifacts`;

export function runInfo(run: ShownRun): object {
  return {
    run_uuid: run.id,
    experiment_id: String(run.experiment.mlflowId),
    run_name: run.name,
    user_id: run.userName,
    status: run.status,
    start_time: run.startedAt?.getTime() ?? 0,
    ...(run.endedAt === null ? {} : { end_time: run.endedAt.getTime() }),
    artifact_uri: artifactUri(run),
    lifecycle_stage: run.deletedAt === null ? 'active' : 'deleted',
    run_id: run.id,
  };
}

export const metricAnswer = ({ key, lastValue, lastTimestamp, lastStep }: MetricSummary): object =>
  ({ key, value: doubleJson(lastValue), timestamp: int64Json(lastTimestamp), step: int64Json(lastStep) });

interface Pair { readonly key: string; readonly value: string }
interface OfRun { readonly run_id: string }
interface InputRow extends OfRun { readonly tags: Readonly<Record<string, string>>; readonly name: string; readonly digest: string; readonly source_type: string; readonly source: string; readonly schema: string | null; readonly profile: string | null }

/** The runs, which the viewer may see, in MLflow's JSON, in their order, with seven queries however many they are. Models of other projects are named only to those who may see them. */
export async function runAnswers({ deps: { reader, ports }, viewer }: Pick<Call, 'deps' | 'viewer'>, runs: readonly ShownRun[]): Promise<readonly object[]> {
  if (runs.length === 0) return [];
  const ids = runs.map((run) => run.id);
  const [metrics, params, tags, inputs, modelInputs, outputs] = await Promise.all([ports.metrics.summaries(ids), paramsOf(reader, ids), tagsOf(reader, ids), inputsOf(reader, ids), modelInputsOf(reader, viewer, ids), outputsOf(reader, viewer, ids)]);
  return runs.map((run) => ({
    info: runInfo(run),
    data: {
      ...listed('metrics', (metrics.get(run.id) ?? []).map(metricAnswer)),
      ...listed('params', (params.get(run.id) ?? []).map(pair)),
      ...listed('tags', (tags.get(run.id) ?? []).map(pair)),
    },
    inputs: {
      ...listed('dataset_inputs', (inputs.get(run.id) ?? []).map(inputAnswer)),
      ...listed('model_inputs', (modelInputs.get(run.id) ?? []).map(({ model_id }) => ({ model_id }))),
    },
    outputs: listed('model_outputs', (outputs.get(run.id) ?? []).map(({ model_id, step }) => ({ model_id, step: int64Json(step) }))),
  }));
}

const pair = ({ key, value }: Pair): Pair => ({ key, value });
/** Protobuf's JSON leaves empty lists out. */
export const listed = <Item>(name: string, items: readonly Item[]): Record<string, readonly Item[]> => (items.length === 0 ? {} : { [name]: items });

function inputAnswer({ tags, name, digest, source_type, source, schema, profile }: InputRow): object {
  return {
    ...listed('tags', Object.entries(tags).map(([key, value]) => ({ key, value }))),
    dataset: { name, digest, source_type, source, ...(schema === null ? {} : { schema }), ...(profile === null ? {} : { profile }) },
  };
}

const paramsOf = async (reader: Reader, ids: string[]) => byRun(await reader.$queryRaw<(Pair & OfRun)[]>`SELECT run_id, key, value FROM run_params WHERE run_id = ANY(${ids}) ORDER BY run_id, key`);
const tagsOf = async (reader: Reader, ids: string[]) => byRun(await reader.$queryRaw<(Pair & OfRun)[]>`SELECT run_id, key, value FROM run_tags WHERE run_id = ANY(${ids}) ORDER BY run_id, key`);
const inputsOf = async (reader: Reader, ids: string[]) => byRun(await reader.$queryRaw<InputRow[]>`
  SELECT i.run_id, i.tags, d.name, d.digest, d.source_type, d.source, d.schema, d.profile FROM run_inputs i JOIN datasets d ON d.id = i.dataset_id WHERE i.run_id = ANY(${ids}) ORDER BY i.run_id, d.created_at, d.id`);

interface ModelRow extends OfRun { readonly model_id: string; readonly step: bigint; readonly id: string; readonly organizationId: string; readonly openRole: ProjectRole | null }
/** A run may have read or made a model of another project: decided row by row, as one statement serves tens of thousands of runs. */
const seenBy = (viewer: Viewer, rows: readonly ModelRow[]): readonly ModelRow[] => rows.filter((project) => mayIn(roleIn(viewer, project), 'project.read'));
const modelInputsOf = async (reader: Reader, viewer: Viewer, ids: string[]) => byRun(seenBy(viewer, await reader.$queryRaw<ModelRow[]>`
  SELECT i.run_id, i.model_id, 0::bigint AS step, p.id, p.organization_id AS "organizationId", p.open_role::text AS "openRole"
  FROM run_model_inputs i JOIN logged_models m ON m.id = i.model_id JOIN experiments e ON e.id = m.experiment_id JOIN projects p ON p.id = e.project_id
  WHERE i.run_id = ANY(${ids}) ORDER BY i.run_id, i.model_id`));
const outputsOf = async (reader: Reader, viewer: Viewer, ids: string[]) => byRun(seenBy(viewer, await reader.$queryRaw<ModelRow[]>`
  SELECT o.run_id, o.model_id, o.step, p.id, p.organization_id AS "organizationId", p.open_role::text AS "openRole"
  FROM run_outputs o JOIN logged_models m ON m.id = o.model_id JOIN experiments e ON e.id = m.experiment_id JOIN projects p ON p.id = e.project_id
  WHERE o.run_id = ANY(${ids}) ORDER BY o.run_id, m.created_at, m.id`));

function byRun<Row extends OfRun>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const grouped = new Map<string, Row[]>();
  for (const row of rows) {
    const group = grouped.get(row.run_id);
    if (group) group.push(row);
    else grouped.set(row.run_id, [row]);
  }
  return grouped;
}
