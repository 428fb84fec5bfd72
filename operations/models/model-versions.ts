import type { Viewer } from '../../domain/access/viewer.ts';
import { homeAfter } from '../../domain/models/ownership.ts';
import { badInput, Refusal } from '../../domain/refusal.ts';
import type { ModelVersion } from '../ports/models.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { reachRun } from '../runs/reach.ts';
import { originsOf, reachLoggedModel, reachRegisteredModel, reachVersion } from './reach.ts';

type Needed = Pick<Ports, 'store' | 'clock'>;

export interface CreateModelVersion {
  readonly name: string;
  /** "mlflow-artifacts:/…", "runs:/…", "models:/m-…" or a place outside Lemma. */
  readonly source: string;
  readonly runId: string | null;
  readonly modelId: string | null;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
}

const notTheSource = (source: string, which: 'run_id' | 'model_id'): Refusal =>
  badInput('model/source', `Invalid model version source: '${source}'. The ${which} request parameter must identify the resource that contains the source.`);

/**
 * Registers a version of a model; resolves to its number. The viewer must be allowed to see the run and the logged model it comes from. A source kept by Lemma
 * must lie in one of them. The first version that comes from somewhere brings the model home, see domain/models/ownership.ts.
 */
export async function createModelVersion(ports: Needed, viewer: Viewer, request: CreateModelVersion): Promise<number> {
  return ports.store.transaction(async (tx) => {
    const { registered, home } = await reachRegisteredModel(tx, viewer, request.name, 'model.edit');
    const { runId, modelId } = await requireSource(tx, viewer, request);
    const projectId = homeAfter(viewer, home, await originsOf(tx, { runId, modelId }))?.id ?? null;
    const version = Math.max(0, ...(await tx.models.versions(registered.id)).map((each) => each.version)) + 1;
    const now = ports.clock.now();
    const { source, description, tags } = request;
    await tx.models.insertVersion({
      registeredModelId: registered.id, version, source, runId, modelId, description, stage: 'None', status: 'READY', tags, createdById: viewer.personId, createdAt: now, updatedAt: now,
    });
    await tx.models.updateRegistered({ ...registered, projectId, updatedAt: now });
    await tx.audit.append({ projectId: null, actorId: viewer.personId, action: 'registered-model.version-created', subjectKind: 'registered-model', subjectId: registered.id, detail: { version, source, runId, modelId, home: projectId } });
    return version;
  });
}

type Origin = Pick<ModelVersion, 'runId' | 'modelId'>;

/** The run and the logged model the version comes from, both seen by the viewer. */
async function requireSource(tx: Transaction, viewer: Viewer, request: CreateModelVersion): Promise<Origin> {
  const { source } = request;
  const original = await originalOf(tx, viewer, source);
  const runId = request.runId ?? original.runId;
  const modelId = request.modelId ?? original.modelId;
  if (runId !== null) await orElse(notTheSource(source, 'run_id'), reachRun(tx, viewer, runId, 'project.read'));
  if (modelId !== null) {
    const { model } = await orElse(notTheSource(source, 'model_id'), reachLoggedModel(tx, viewer, modelId, 'project.read'));
    if (isKept(source) && !liesIn(source, model.id)) throw notTheSource(source, 'model_id');
    return { runId: runId ?? (await seenRun(tx, viewer, model.sourceRunId)), modelId };
  }
  if (isKept(source) && (runId === null || !liesIn(source, runId))) throw notTheSource(source, source.startsWith('models:') ? 'model_id' : 'run_id');
  return { runId, modelId };
}

/** A logged model may come from a run of a project that not everybody who sees the model sees. */
async function seenRun(tx: Transaction, viewer: Viewer, runId: string | null): Promise<string | null> {
  if (runId === null) return null;
  const reached = await orNull(reachRun(tx, viewer, runId, 'project.read'));
  return reached === null ? null : runId;
}

/** "models:/name/3": a copy of that version. */
const COPY = /^models:\/+([^/]+)\/(\d{1,9})$/i;

/** A copy comes from where its original does, so that nobody sees it who may not see that; from nowhere when the source is no version. */
async function originalOf(tx: Transaction, viewer: Viewer, source: string): Promise<Origin> {
  const [, name, version] = COPY.exec(source) ?? [];
  if (name === undefined || version === undefined) return { runId: null, modelId: null };
  const refusal = badInput('model/source', `Unable to fetch model from model URI source artifact location '${source}'.Error: Model Version (name=${name}, version=${version}) not found`);
  const { registered } = await orElse(refusal, reachRegisteredModel(tx, viewer, name, 'project.read'));
  return orElse(refusal, reachVersion(tx, viewer, registered, Number(version)));
}

const KEPT = /^(?:mlflow-artifacts|runs|models):|^https?:\/\/[^?#]*\/api\/2\.0\/mlflow-artifacts\//i;
/** Whether Lemma itself keeps the files: then they must be those of the run or model named. */
const isKept = (source: string): boolean => KEPT.test(source) && !COPY.test(source);
const liesIn = (source: string, ownerId: string): boolean => source.split(/[/:]/).includes(ownerId);

async function orElse<T>(refusal: Refusal, reaching: Promise<T>): Promise<T> {
  const reached = await orNull(reaching);
  if (reached === null) throw refusal;
  return reached;
}

async function orNull<T>(reaching: Promise<T>): Promise<T | null> {
  try {
    return await reaching;
  } catch (error) {
    if (error instanceof Refusal && error.family === 'not-found') return null;
    throw error;
  }
}

export const describeVersion = (ports: Needed, viewer: Viewer, request: VersionName & { readonly description: string | null }): Promise<void> =>
  change(ports, viewer, request, () => ({ description: request.description }));

export const setVersionTag = (ports: Needed, viewer: Viewer, request: VersionName & { readonly key: string; readonly value: string }): Promise<void> =>
  change(ports, viewer, request, ({ tags }) => ({ tags: new Map([...tags, [request.key, request.value]]) }));

/** As in MLflow, deleting what is not there is fine. */
export const deleteVersionTag = (ports: Needed, viewer: Viewer, request: VersionName & { readonly key: string }): Promise<void> =>
  change(ports, viewer, request, ({ tags }) => ({ tags: new Map([...tags].filter(([key]) => key !== request.key)) }));

/** Stages are MLflow's older way to say what a version is for; aliases are the newer. Making room in a stage is done to the whole model, whichever versions the viewer sees. */
export async function transitionStage(ports: Needed, viewer: Viewer, request: VersionName & { readonly stage: string; readonly archiveOthers: boolean }): Promise<void> {
  await change(ports, viewer, request, async (version, tx) => {
    if (request.archiveOthers) {
      const others = (await tx.models.versions(version.registeredModelId)).filter((each) => each.version !== version.version && each.stage === request.stage);
      for (const other of others) await tx.models.updateVersion({ ...other, stage: 'Archived', updatedAt: ports.clock.now() });
    }
    return { stage: request.stage };
  });
}

/** Its aliases go with it. */
export async function deleteVersion(ports: Needed, viewer: Viewer, { name, version }: VersionName): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { registered } = await reachRegisteredModel(tx, viewer, name, 'model.delete');
    await reachVersion(tx, viewer, registered, version);
    await tx.models.deleteVersion(registered.id, version);
    const aliases = new Map([...registered.aliases].filter(([, each]) => each !== version));
    await tx.models.updateRegistered({ ...registered, aliases, updatedAt: ports.clock.now() });
    await tx.audit.append({ projectId: null, actorId: viewer.personId, action: 'registered-model.version-deleted', subjectKind: 'registered-model', subjectId: registered.id, detail: { version } });
  });
}

export interface VersionName {
  readonly name: string;
  readonly version: number;
}

type Decide = (version: ModelVersion, tx: Transaction) => Partial<ModelVersion> | Promise<Partial<ModelVersion>>;

async function change(ports: Needed, viewer: Viewer, { name, version }: VersionName, decide: Decide): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { registered } = await reachRegisteredModel(tx, viewer, name, 'model.edit');
    const before = await reachVersion(tx, viewer, registered, version);
    const now = ports.clock.now();
    await tx.models.updateVersion({ ...before, ...(await decide(before, tx)), updatedAt: now });
    await tx.models.updateRegistered({ ...registered, updatedAt: now });
  });
}
