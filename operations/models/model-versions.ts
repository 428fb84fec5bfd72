import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput, type Refusal } from '../../domain/refusal.ts';
import type { ModelVersion } from '../ports/models.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { reachRun } from '../runs/reach.ts';
import { reachLoggedModel, reachRegisteredModel, unknownVersion } from './reach.ts';

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
 * Registers a version of a model; resolves to its number. A source kept by Lemma must lie in the run or logged model it is said to come from,
 * and the viewer must be allowed to log there.
 */
export async function createModelVersion(ports: Needed, viewer: Viewer, request: CreateModelVersion): Promise<number> {
  return ports.store.transaction(async (tx) => {
    const registered = await reachRegisteredModel(tx, viewer, request.name);
    const runId = await requireSource(tx, viewer, request);
    const version = Math.max(0, ...(await tx.models.versions(registered.id)).map((each) => each.version)) + 1;
    const now = ports.clock.now();
    const { source, modelId, description, tags } = request;
    await tx.models.insertVersion({
      registeredModelId: registered.id, version, source, runId, modelId, description, stage: 'None', status: 'READY', tags, createdById: viewer.personId, createdAt: now, updatedAt: now,
    });
    await tx.models.updateRegistered({ ...registered, updatedAt: now });
    await tx.audit.append({ projectId: null, actorId: viewer.personId, action: 'registered-model.version-created', subjectKind: 'registered-model', subjectId: registered.id, detail: { version, source, runId, modelId } });
    return version;
  });
}

/** Answers the run the version comes from. */
async function requireSource(tx: Transaction, viewer: Viewer, { source, runId, modelId }: CreateModelVersion): Promise<string | null> {
  if (modelId !== null) {
    const { model } = await orElse(notTheSource(source, 'model_id'), reachLoggedModel(tx, viewer, modelId, 'run.log'));
    if (isKept(source) && !liesIn(source, model.id)) throw notTheSource(source, 'model_id');
    return runId ?? model.sourceRunId;
  }
  if (runId !== null) await orElse(notTheSource(source, 'run_id'), reachRun(tx, viewer, runId, 'run.log'));
  if (isKept(source) && (runId === null || !liesIn(source, runId))) throw notTheSource(source, source.startsWith('models:') ? 'model_id' : 'run_id');
  return runId;
}

const KEPT = /^(?:mlflow-artifacts|runs|models):|^https?:\/\/[^?#]*\/api\/2\.0\/mlflow-artifacts\//i;
/** Whether Lemma itself keeps the files: then they must be those of the run or model named. */
const isKept = (source: string): boolean => KEPT.test(source) && !/^models:\/[^/]+\/[^/]+$/.test(source);
const liesIn = (source: string, ownerId: string): boolean => source.split(/[/:]/).includes(ownerId);

async function orElse<T>(refusal: Refusal, reaching: Promise<T>): Promise<T> {
  try {
    return await reaching;
  } catch (error) {
    if (error instanceof Error && 'family' in error && error.family === 'not-found') throw refusal;
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

/** Stages are MLflow's older way to say what a version is for; aliases are the newer. */
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
    const registered = await reachRegisteredModel(tx, viewer, name);
    if (!(await tx.models.version(registered.id, version))) throw unknownVersion(name, version);
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
    const registered = await reachRegisteredModel(tx, viewer, name);
    const before = await tx.models.version(registered.id, version);
    if (!before) throw unknownVersion(name, version);
    const now = ports.clock.now();
    await tx.models.updateVersion({ ...before, ...(await decide(before, tx)), updatedAt: now });
    await tx.models.updateRegistered({ ...registered, updatedAt: now });
  });
}
