import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { pythonText, requireUnchanged } from '../../domain/runs/params.ts';
import { runNameFrom } from '../../domain/runs/run-name.ts';
import type { LoggedModel, LoggedModelMetric, LoggedModelStatus } from '../ports/models.ts';
import type { Ports } from '../ports/ports.ts';
import { announceRun, hasEnded } from '../runs/announce-run.ts';
import { reachRun, reachTrackedExperiment, requireActiveExperiment, requireActiveRun } from '../runs/reach.ts';
import { reachLoggedModel, requireModels } from './reach.ts';

export interface CreateLoggedModel {
  readonly mlflowExperimentId: number;
  readonly name: string | null;
  readonly modelType: string;
  readonly sourceRunId: string | null;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

type Needed = Pick<Ports, 'store' | 'clock' | 'ids'>;

/** Makes a logged model whose files are about to be sent; resolves to its id. */
export async function createLoggedModel(ports: Needed, viewer: Viewer, request: CreateLoggedModel): Promise<string> {
  const id = ports.ids.loggedModel();
  await ports.store.transaction(async (tx) => {
    const { experiment } = await reachTrackedExperiment(tx, viewer, request.mlflowExperimentId, 'run.log');
    requireActiveExperiment(experiment);
    if (request.sourceRunId !== null) await reachRun(tx, viewer, request.sourceRunId, 'project.read');
    const now = ports.clock.now();
    await tx.models.insertLogged({
      id, experimentId: experiment.id, sourceRunId: request.sourceRunId, name: request.name ?? runNameFrom(id.slice(2)), status: 'LOGGED_MODEL_PENDING', statusMessage: null,
      modelType: request.modelType, params: request.params, tags: request.tags, createdById: viewer.personId, createdAt: now, updatedAt: now, deletedAt: null,
    });
  });
  return id;
}

export const finalizeLoggedModel = (ports: Needed, viewer: Viewer, request: { readonly id: string; readonly status: LoggedModelStatus }): Promise<void> =>
  change(ports, viewer, request.id, () => ({ status: request.status }));

/** Params of a model never change, as those of a run. */
export const addLoggedModelParams = (ports: Needed, viewer: Viewer, request: { readonly id: string; readonly params: ReadonlyMap<string, string> }): Promise<void> =>
  change(ports, viewer, request.id, ({ params }) => {
    requireUnchanged(request.id, request.params, new Map([...params].filter(([key]) => request.params.has(key))), 'batch');
    return { params: new Map([...params, ...request.params]) };
  });

export const setLoggedModelTags = (ports: Needed, viewer: Viewer, request: { readonly id: string; readonly tags: ReadonlyMap<string, string> }): Promise<void> =>
  change(ports, viewer, request.id, ({ tags }) => ({ tags: new Map([...tags, ...request.tags]) }));

export const deleteLoggedModelTag = (ports: Needed, viewer: Viewer, request: { readonly id: string; readonly key: string }): Promise<void> =>
  change(ports, viewer, request.id, ({ tags }) => {
    const { id, key } = request;
    if (!tags.has(key)) throw notFound('model/unknown-tag', `No tag with key ${pythonText(key)} found for model with ID ${pythonText(id)}.`);
    return { tags: new Map([...tags].filter(([each]) => each !== key)) };
  });

export const deleteLoggedModel = (ports: Needed, viewer: Viewer, id: string): Promise<void> =>
  change(ports, viewer, id, ({ deletedAt }) => ({ deletedAt: deletedAt ?? ports.clock.now() }));

async function change(ports: Needed, viewer: Viewer, id: string, decide: (model: LoggedModel) => Partial<LoggedModel>): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { model } = await reachLoggedModel(tx, viewer, id, 'run.log');
    await tx.models.updateLogged({ ...model, ...decide(model), updatedAt: ports.clock.now() });
  });
}

/** Notes which models a run made, and at which step. */
export async function logOutputs(ports: Pick<Ports, 'store'>, viewer: Viewer, request: { readonly runId: string; readonly outputs: ReadonlyMap<string, bigint> }): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { run, project } = await reachRun(tx, viewer, request.runId, 'run.log');
    requireActiveRun(run);
    await requireModels(tx, viewer, [...request.outputs.keys()]);
    await tx.models.addOutputs(run.id, request.outputs);
    if (hasEnded(run.status)) await tx.outbox.analyse(run.experimentId);
    await announceRun(tx, run, project.id, 'updated');
  });
}

/** Metrics that a run logged with the id of a model: kept with the model too. Equal points are one point. */
export async function logModelMetrics(ports: Pick<Ports, 'store'>, viewer: Viewer, metrics: readonly LoggedModelMetric[]): Promise<void> {
  if (metrics.length === 0) return;
  await ports.store.transaction(async (tx) => {
    for (const modelId of new Set(metrics.map((each) => each.modelId))) await reachLoggedModel(tx, viewer, modelId, 'run.log');
    await tx.models.addMetrics(metrics);
  });
}
