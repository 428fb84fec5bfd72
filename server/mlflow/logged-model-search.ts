import { z } from 'zod';
import { visibleProjects } from '../visibility.ts';
import { fieldsOf, type Handler } from './call.ts';
import { meets, type Condition } from './condition.ts';
import { experimentNumber } from './experiments.ts';
import { count, flag, needed, text, texts } from './fields.ts';
import { parseFilter, sorted } from './filter.ts';
import { loadLoggedModels, type LoadedModel } from './logged-model-answer.ts';
import { offsetFrom, tokenFor } from './page-token.ts';
import { invalid } from './problem.ts';
import { listed } from './run-answer.ts';

const ATTRIBUTES = ['name', 'model_id', 'model_type', 'status', 'source_run_id', 'experiment_id', 'creation_timestamp', 'creation_time', 'last_updated_timestamp', 'last_updated_time'] as const;
const RULES = { attributes: ATTRIBUTES, numeric: ['creation_timestamp', 'creation_time', 'last_updated_timestamp', 'last_updated_time'], entities: ['metric', 'param', 'tag'] } as const;

const searchFields = z.object({
  experiment_ids: texts,
  filter: text.optional(),
  datasets: z.array(z.object({ dataset_name: text.nullish(), dataset_digest: text.nullish() })).optional(),
  max_results: count.optional(),
  order_by: z.array(z.object({ field_name: needed, ascending: flag.nullish(), dataset_name: text.nullish(), dataset_digest: text.nullish() })).optional(),
  page_token: text.optional(),
});
interface Dataset { readonly dataset_name?: string | null | undefined; readonly dataset_digest?: string | null | undefined }

const DEFAULT_SIZE = 100;

/** Models of the experiments, filtered and ordered by what they are and how well they did on the datasets named. */
export const searchLoggedModels: Handler = async (call) => {
  const fields = await fieldsOf(call, searchFields);
  const datasets = fields.datasets ?? [];
  if (datasets.some((each) => !each.dataset_name)) throw invalid('`dataset_name` in the `datasets` clause must be specified.');
  const conditions = parseFilter(fields.filter, RULES);
  const orders = (fields.order_by ?? []).map((order) => ({ ...order, key: order.field_name, descending: order.ascending === false }));
  for (const { key } of orders) requireOrderKey(key);
  const offset = offsetFrom(fields.page_token);
  const size = fields.max_results || DEFAULT_SIZE;
  const experiments = await call.deps.reader.experiment.findMany({ where: { mlflowId: { in: fields.experiment_ids.map(experimentNumber) }, project: visibleProjects(call.viewer) }, select: { id: true } });
  const models = await loadLoggedModels(call, { experimentId: { in: experiments.map(({ id }) => id) }, deletedAt: null });
  const found = models.filter((model) => onDatasets(model, datasets, conditions) && conditions.every((condition) => meetsModel(model, condition, datasets)));
  const byDataset = new Map(orders.map((order) => [order.key, order]));
  const ordered = sorted(found, [...orders, { key: 'creation_timestamp', descending: true }, { key: 'model_id', descending: false }], (model, key) => orderValue(model, key, byDataset.get(key)));
  const page = ordered.slice(offset, offset + size);
  return { ...listed('models', page.map((model) => model.answer)), ...(offset + size < ordered.length ? { next_page_token: tokenFor(offset + size) } : {}) };
};

function requireOrderKey(key: string): void {
  if (key.startsWith('metrics.') || (ATTRIBUTES as readonly string[]).includes(key)) return;
  throw invalid(key.includes('.') ? `Invalid order by field name: ${key}. Only metrics are supported.` : `Invalid order by field name: ${key}`);
}

const isOf = (dataset: Dataset) => (metric: LoadedModel['metrics'][number]): boolean =>
  metric.dataset_name === dataset.dataset_name && (!dataset.dataset_digest || metric.dataset_digest === dataset.dataset_digest);

/** With datasets but no condition on metrics, a model counts when it has any metric on them. */
function onDatasets(model: LoadedModel, datasets: readonly Dataset[], conditions: readonly Condition[]): boolean {
  return datasets.length === 0 || conditions.some(({ entity }) => entity === 'metric') || model.metrics.some((metric) => datasets.some((dataset) => isOf(dataset)(metric)));
}

function meetsModel(model: LoadedModel, condition: Condition, datasets: readonly Dataset[]): boolean {
  const { entity, key } = condition;
  if (entity === 'param') return meets(model.params.get(key), condition);
  if (entity === 'tag') return meets(model.tags.get(key), condition);
  if (entity === 'attribute') return meets(attributeOf(model, key), condition);
  return model.metrics.some((metric) => metric.key === key && (datasets.length === 0 || datasets.some((dataset) => isOf(dataset)(metric))) && meets(Number(metric.value), condition));
}

function attributeOf({ row }: LoadedModel, key: string): string | number | null {
  const values: Readonly<Record<string, string | number | null>> = {
    name: row.name, model_id: row.id, model_type: row.modelType, status: row.status.replace('LOGGED_MODEL_', ''), source_run_id: row.sourceRunId, experiment_id: String(row.experiment.mlflowId),
    creation_timestamp: row.createdAt.getTime(), creation_time: row.createdAt.getTime(), last_updated_timestamp: row.updatedAt.getTime(), last_updated_time: row.updatedAt.getTime(),
  };
  return values[key] ?? null;
}

/** The latest value of a metric, on the dataset named if one is. */
function orderValue(model: LoadedModel, key: string, dataset: Dataset | undefined): string | number | null {
  if (!key.startsWith('metrics.')) return attributeOf(model, key);
  const metrics = model.metrics.filter((metric) => metric.key === key.slice('metrics.'.length) && (!dataset?.dataset_name || isOf(dataset)(metric)));
  const last = metrics.at(-1);
  return last === undefined ? null : Number(last.value);
}
