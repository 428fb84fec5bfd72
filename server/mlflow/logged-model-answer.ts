import type { Prisma } from '../../generated/prisma/client.ts';
import { REMEMBERED } from '../../operations/experiments/track-experiment.ts';
import { visibleLoggedModels } from '../visibility.ts';
import type { Call } from './call.ts';
import { artifactRoot } from './experiment-answer.ts';
import { doubleJson, int64Json } from './json.ts';
import { listed } from './run-answer.ts';

interface MetricRow {
  readonly model_id: string;
  readonly run_id: string;
  readonly key: string;
  readonly step: bigint;
  readonly timestamp: bigint;
  /** As text, which alone carries NaN. */
  readonly value: string;
  readonly dataset_name: string | null;
  readonly dataset_digest: string | null;
}

type ModelRow = Prisma.LoggedModelGetPayload<object>;
interface Placed { readonly experiment: { readonly mlflowId: number; readonly location: string | null } }

export interface LoadedModel {
  readonly row: ModelRow & Placed;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly metrics: readonly MetricRow[];
  /** The model in MLflow's JSON. */
  readonly answer: object;
}

export const modelLocation = ({ id, experiment }: Pick<LoadedModel['row'], 'id' | 'experiment'>): string =>
  `${(experiment.location ?? artifactRoot(experiment.mlflowId)).replace(/\/+$/, '')}/models/${id}/artifacts`;

/** The models of projects this viewer may see, with three queries however many they are. */
export async function loadLoggedModels({ deps: { reader }, viewer }: Call, where: Prisma.LoggedModelWhereInput): Promise<readonly LoadedModel[]> {
  const rows = await reader.loggedModel.findMany({ where: { ...where, ...visibleLoggedModels(viewer) } });
  const experiments = await reader.experiment.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.experimentId))] } },
    select: { id: true, mlflowId: true, tags: { where: { key: REMEMBERED.artifactLocation }, select: { value: true } } },
  });
  const byId = new Map(experiments.map(({ id, mlflowId, tags }) => [id, { mlflowId, location: tags[0]?.value ?? null }]));
  const ids = rows.map((row) => row.id);
  const metrics = await reader.$queryRaw<MetricRow[]>`
    SELECT model_id, run_id, key, step, timestamp, value::text AS value, dataset_name, dataset_digest FROM logged_model_metrics WHERE model_id = ANY(${ids}) ORDER BY model_id, timestamp, step, key`;
  return rows.flatMap((row): LoadedModel[] => {
    const experiment = byId.get(row.experimentId);
    if (!experiment) return [];
    const placed = { ...row, experiment };
    const [params, tags] = [asMap(row.params), asMap(row.tags)];
    const own = metrics.filter((each) => each.model_id === row.id);
    return [{ row: placed, params, tags, metrics: own, answer: modelAnswer(placed, { params, tags, metrics: own }) }];
  });
}

function modelAnswer(row: LoadedModel['row'], { params, tags, metrics }: Pick<LoadedModel, 'params' | 'tags' | 'metrics'>): object {
  return {
    info: {
      model_id: row.id,
      experiment_id: String(row.experiment.mlflowId),
      name: row.name,
      creation_timestamp_ms: row.createdAt.getTime(),
      last_updated_timestamp_ms: row.updatedAt.getTime(),
      artifact_uri: modelLocation(row),
      status: row.status,
      ...(row.statusMessage === null ? {} : { status_message: row.statusMessage }),
      model_type: row.modelType ?? '',
      ...(row.sourceRunId === null ? {} : { source_run_id: row.sourceRunId }),
      ...listed('tags', pairsOf(tags)),
    },
    data: { ...listed('params', pairsOf(params)), ...listed('metrics', metrics.map(metricAnswer)) },
  };
}

function metricAnswer(metric: MetricRow): object {
  const { key, value, timestamp, step, model_id, run_id, dataset_name, dataset_digest } = metric;
  const dataset = { ...(dataset_name === null ? {} : { dataset_name }), ...(dataset_digest === null ? {} : { dataset_digest }) };
  return { key, value: doubleJson(Number(value)), timestamp: int64Json(timestamp), step: int64Json(step), ...dataset, model_id, run_id };
}

export const asMap = (stored: Prisma.JsonValue): ReadonlyMap<string, string> => new Map(Object.entries(stored as Record<string, string>));
export const pairsOf = (map: ReadonlyMap<string, string>): readonly { readonly key: string; readonly value: string }[] => [...map].map(([key, value]) => ({ key, value }));
