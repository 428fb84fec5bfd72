import { z } from 'zod';
import { logInputs as noteInputs, type DatasetUse } from '../../operations/datasets/log-inputs.ts';
import { logOutputs as noteOutputs } from '../../operations/models/logged-models.ts';
import { TAG } from '../../domain/runs/run-tags.ts';
import { visibleProjects } from '../visibility.ts';
import { fieldsOf, type Handler } from './call.ts';
import { experimentNumber } from './experiments.ts';
import { int64, needed, pairs, text, texts, type Pairs } from './fields.ts';
import { requireRunId } from './limits.ts';
import { invalid } from './problem.ts';
import { lengthOf } from './python-text.ts';
import { listed } from './run-answer.ts';

const dataset = z.object({ name: text.nullish(), digest: text.nullish(), source_type: text.nullish(), source: text.nullish(), schema: text.nullish(), profile: text.nullish() });
const inputFields = z.object({
  run_id: needed,
  datasets: z.array(z.object({ tags: pairs.nullish(), dataset: dataset.nullish() })).optional(),
  models: z.array(z.object({ model_id: needed })).optional(),
});

/** MLflow's limits for datasets, in characters. */
const LONGEST = { name: 500, digest: 36, source: 65_535, schema: 1_048_575, profile: 16_777_215 } as const;

function datasetFrom(given: z.output<typeof dataset> | null | undefined): DatasetUse['dataset'] {
  const said = given ?? {};
  for (const field of Object.keys(LONGEST) as (keyof typeof LONGEST)[]) {
    if (lengthOf(said[field] ?? '', LONGEST[field]) > LONGEST[field]) throw invalid(`'${field}' exceeds the maximum length of ${LONGEST[field]} characters`);
  }
  const { name, digest, source_type: sourceType, source, schema, profile } = said;
  return { ...withDefaults({ name, digest, sourceType, source }), schema: schema ?? null, profile: profile ?? null };
}

/** Absent texts are empty, as in protobuf. */
const withDefaults = <Key extends string>(fields: Readonly<Record<Key, string | null | undefined>>): Record<Key, string> =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, value ?? ''])) as Record<Key, string>;

function inputTags(given: Pairs | null | undefined): ReadonlyMap<string, string> {
  return new Map((given ?? []).map(({ key, value }) => {
    const [name, said] = [key ?? '', value ?? ''];
    if (lengthOf(name, 255) > 255) throw invalid("'key' exceeds the maximum length of 255 characters");
    if (lengthOf(said, 500) > 500) throw invalid("'value' exceeds the maximum length of 500 characters");
    return [name, said] as const;
  }));
}

export const logInputs: Handler = async (call) => {
  const fields = await fieldsOf(call, inputFields);
  requireRunId(fields.run_id);
  const datasets = (fields.datasets ?? []).map((given) => ({ dataset: datasetFrom(given.dataset), tags: inputTags(given.tags) }));
  await noteInputs(call.deps.ports, call.viewer, { runId: fields.run_id, datasets, modelIds: (fields.models ?? []).map((each) => each.model_id) });
  return {};
};

const outputFields = z.object({ run_id: needed, models: z.array(z.object({ model_id: needed, step: int64.optional() })) });
export const logOutputs: Handler = async (call) => {
  const { run_id: runId, models } = await fieldsOf(call, outputFields);
  await noteOutputs(call.deps.ports, call.viewer, { runId, outputs: new Map(models.map((each) => [each.model_id, each.step ?? 0n])) });
  return {};
};

const MOST_EXPERIMENTS = 20;
const MOST_SUMMARIES = 1000;

/** The datasets that runs of the experiments read, each with its role. */
export const searchDatasets: Handler = async (call) => {
  const { experiment_ids: ids = [] } = await fieldsOf(call, z.object({ experiment_ids: texts.optional() }));
  if (ids.length === 0) throw invalid('SearchDatasets request must specify at least one experiment_id.');
  if (ids.length > MOST_EXPERIMENTS) throw invalid(`SearchDatasets request cannot specify more than ${MOST_EXPERIMENTS} experiment_ids. Received ${ids.length} experiment_ids.`);
  const uses = await call.deps.reader.runInput.findMany({
    where: { run: { experiment: { mlflowId: { in: ids.map(experimentNumber) }, project: visibleProjects(call.viewer) } } },
    select: { tags: true, dataset: { select: { name: true, digest: true } }, run: { select: { experiment: { select: { mlflowId: true } } } } },
    take: MOST_SUMMARIES * 10,
  });
  const summaries = new Map<string, object>();
  for (const { tags, dataset: { name, digest }, run } of uses) {
    const context = (tags as Record<string, string>)[TAG.datasetContext];
    const summary = { experiment_id: String(run.experiment.mlflowId), name, digest, ...(context === undefined ? {} : { context }) };
    summaries.set(JSON.stringify(summary), summary);
  }
  return listed('dataset_summaries', [...summaries.values()].slice(0, MOST_SUMMARIES));
};
