import { z } from 'zod';
import { parseRunFilter } from '../../domain/search/parse-run-filter.ts';
import { parseRunOrder } from '../../domain/search/parse-run-order.ts';
import { createRun as makeRun } from '../../operations/runs/create-run.ts';
import { deleteRun as setDeleted, restoreRun as setRestored } from '../../operations/runs/delete-run.ts';
import { recordRunStatus } from '../../operations/runs/record-run-status.ts';
import type { RunStatus } from '../../operations/ports/runs.ts';
import type { RunLifecycle } from '../../operations/ports/run-search.ts';
import { unknownRun } from '../../operations/runs/reach.ts';
import { visibleProjects } from '../visibility.ts';
import { fieldsOf, type Call, type Handler } from './call.ts';
import { experimentNumber } from './experiments.ts';
import { count, int64, needed, pairMap, pairs, text, texts } from './fields.ts';
import { checkTag, invalidValue } from './limits.ts';
import { invalid } from './problem.ts';
import { runAnswers, runInfo, WITH_EXPERIMENT, type ShownRun } from './run-answer.ts';

/** A run is named by run_id, or by run_uuid in old clients. */
export const runIdFields = { run_id: text.optional(), run_uuid: text.optional() };
export function runIdOf(fields: { readonly run_id?: string | undefined; readonly run_uuid?: string | undefined }): string {
  const id = fields.run_id || fields.run_uuid;
  if (!id) throw invalid("Missing value for required parameter 'run_id'. See the API docs for more information about request parameters.");
  return id;
}

/** The last moment a time of MLflow's may name: the end of the year 9999. */
const LAST_MOMENT = 253_402_300_799_999n;

function moment(parameter: string, ms: bigint | undefined): Date | null {
  if (ms === undefined) return null;
  if (ms < -LAST_MOMENT || ms > LAST_MOMENT) throw invalidValue(parameter, Number(ms), 'A time is milliseconds since 1970, up to the year 9999.');
  return new Date(Number(ms));
}

const createFields = z.object({ experiment_id: text.optional(), user_id: text.optional(), run_name: text.optional(), start_time: int64.optional(), tags: pairs.optional() });
export const createRun: Handler = async (call) => {
  const fields = await fieldsOf(call, createFields);
  const tags = pairMap(fields.tags, 'tags', checkTag);
  const id = await makeRun(call.deps.ports, call.viewer, {
    mlflowExperimentId: experimentNumber(fields.experiment_id ?? ''),
    name: fields.run_name ? checkTag('mlflow.runName', fields.run_name) : null,
    userName: checkTag('user_id', fields.user_id ?? ''),
    startedAt: moment('start_time', fields.start_time === 0n ? undefined : fields.start_time),
    tags,
  });
  return { run: await findRun(call, id) };
};

async function rowOf({ deps, viewer }: Call, id: string): Promise<ShownRun> {
  const row = await deps.reader.run.findFirst({ where: { id, experiment: { project: visibleProjects(viewer) } }, include: WITH_EXPERIMENT });
  if (!row) throw unknownRun(id);
  return row;
}

async function findRun(call: Call, id: string): Promise<object> {
  const [answer] = await runAnswers(call, [await rowOf(call, id)]);
  return answer ?? {};
}

export const getRun: Handler = async (call) => ({ run: await findRun(call, runIdOf(await fieldsOf(call, z.object(runIdFields)))) });

/** MLflow's numbers of the statuses, which protobuf's JSON allows in their place. */
const STATUSES: readonly (RunStatus | undefined)[] = [undefined, 'RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];

function statusFrom(given: string | number): RunStatus {
  const status = typeof given === 'number' ? STATUSES[given] : STATUSES.find((each) => each === given);
  if (status === undefined) throw invalidValue('status', given, 'A status is RUNNING, SCHEDULED, FINISHED, FAILED or KILLED.');
  return status;
}

const updateFields = z.object({ ...runIdFields, status: z.union([z.string(), z.number()]).optional(), end_time: int64.optional(), run_name: text.optional() });
export const updateRun: Handler = async (call) => {
  const fields = await fieldsOf(call, updateFields);
  const runId = runIdOf(fields);
  const endedAt = moment('end_time', fields.end_time);
  await recordRunStatus(call.deps.ports, call.viewer, {
    runId,
    ...(fields.status === undefined ? {} : { status: statusFrom(fields.status) }),
    ...(endedAt === null ? {} : { endedAt }),
    ...(fields.run_name ? { name: checkTag('mlflow.runName', fields.run_name) } : {}),
  });
  return { run_info: runInfo(await rowOf(call, runId)) };
};

const idFields = z.object({ run_id: needed });
export const deleteRun: Handler = async (call) => {
  const { run_id: id } = await fieldsOf(call, idFields);
  await setDeleted(call.deps.ports, call.viewer, id);
  call.gate.forget(id);
  return {};
};

export const restoreRun: Handler = async (call) => {
  const { run_id: id } = await fieldsOf(call, idFields);
  await setRestored(call.deps.ports, call.viewer, id);
  call.gate.forget(id);
  return {};
};

export const VIEW_TYPES: Readonly<Record<string, RunLifecycle>> = { ACTIVE_ONLY: 'ACTIVE', DELETED_ONLY: 'DELETED', ALL: 'ALL', 1: 'ACTIVE', 2: 'DELETED', 3: 'ALL' };
export const viewType = z.union([z.string(), z.number()]).optional();
export function lifecycleOf(given: string | number | undefined, parameter: string): RunLifecycle {
  const lifecycle = given === undefined || given === '' ? 'ACTIVE' : VIEW_TYPES[given];
  if (!lifecycle) throw invalidValue(parameter, given, 'A view type is ACTIVE_ONLY, DELETED_ONLY or ALL.');
  return lifecycle;
}

export function requirePageSize(value: number, most: number): void {
  if (value < 1) throw invalid(`Invalid value ${value} for parameter 'max_results' supplied. It must be a positive integer`);
  if (value > most) throw invalid(`Invalid value ${value} for parameter 'max_results' supplied. It must be at most ${most}`);
}

const MOST_RUNS = 50_000;
const searchFields = z.object({ experiment_ids: texts.optional(), filter: text.optional(), run_view_type: viewType, max_results: count.optional(), order_by: texts.optional(), page_token: text.optional() });
export const searchRuns: Handler = async (call) => {
  const fields = await fieldsOf(call, searchFields);
  const first = fields.max_results ?? 1000;
  if (first > MOST_RUNS) throw invalid(`Invalid value ${first} for parameter 'max_results' supplied:  Hint: Value was of type 'int'. See the API docs for more information about request parameters.`);
  requirePageSize(first, MOST_RUNS);
  const { deps, viewer } = call;
  const filter = parseRunFilter(fields.filter);
  const orderBy = parseRunOrder(fields.order_by ?? []);
  const lifecycle = lifecycleOf(fields.run_view_type, 'run_view_type');
  const numbers = (fields.experiment_ids ?? []).map(experimentNumberOrNone).filter((each) => each !== null);
  const visible = (await deps.reader.project.findMany({ where: visibleProjects(viewer), select: { id: true } })).map(({ id }) => id);
  // One value and not one for each: MLflow's clients name every experiment there is, tens of thousands.
  const [experiments] = await deps.reader.$queryRaw<{ ids: string[] | null }[]>`SELECT array_agg(id ORDER BY id) AS ids FROM experiments WHERE mlflow_id = ANY(${numbers}) AND project_id = ANY(${visible})`;
  if (!experiments?.ids) return {};
  const page = await deps.ports.runSearch.find({ viewer, experimentIds: experiments.ids, filter, lifecycle }, { orderBy, first, after: fields.page_token || null });
  const rows = await deps.reader.run.findMany({ where: { id: { in: page.hits.map((hit) => hit.runId) } }, include: WITH_EXPERIMENT });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const runs = await runAnswers(call, page.hits.flatMap((hit) => byId.get(hit.runId) ?? []));
  const last = page.hits.at(-1);
  return { ...(runs.length > 0 ? { runs } : {}), ...(page.hasMore && last ? { next_page_token: last.cursor } : {}) };
};

/** Experiments that cannot exist are searched for nothing. */
function experimentNumberOrNone(id: string): number | null {
  if (/^\d{10,}$/.test(id)) return null;
  return experimentNumber(id);
}
