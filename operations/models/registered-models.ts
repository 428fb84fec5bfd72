import type { Viewer } from '../../domain/access/viewer.ts';
import { conflict, notFound } from '../../domain/refusal.ts';
import type { RegisteredModel } from '../ports/models.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { reachRegisteredModel, reachVersion } from './reach.ts';

type Needed = Pick<Ports, 'store' | 'clock' | 'ids'>;

export interface CreateRegisteredModel {
  readonly name: string;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
}

/** The model is its maker's until a version brings it home. Refuses a name in use with `model/name-taken`, also by a model the viewer may not see: names are the organization's. */
export async function createRegisteredModel(ports: Needed, viewer: Viewer, request: CreateRegisteredModel): Promise<void> {
  await ports.store.transaction(async (tx) => {
    if (await tx.models.registered(viewer.organizationId, request.name)) throw conflict('model/name-taken', `Registered Model (name=${request.name}) already exists.`);
    const now = ports.clock.now();
    const id = ports.ids.next('registered-model');
    await tx.models.insertRegistered({ ...request, id, organizationId: viewer.organizationId, projectId: null, aliases: new Map(), createdById: viewer.personId, createdAt: now, updatedAt: now });
    await audit(tx, viewer, id, { action: 'created', name: request.name });
  });
}

export const describeRegisteredModel = (ports: Needed, viewer: Viewer, request: { readonly name: string; readonly description: string | null }): Promise<void> =>
  change(ports, viewer, request.name, () => ({ description: request.description }));

export const setRegisteredModelTag = (ports: Needed, viewer: Viewer, request: { readonly name: string; readonly key: string; readonly value: string }): Promise<void> =>
  change(ports, viewer, request.name, ({ tags }) => ({ tags: new Map([...tags, [request.key, request.value]]) }));

/** As in MLflow, deleting what is not there is fine. */
export const deleteRegisteredModelTag = (ports: Needed, viewer: Viewer, request: { readonly name: string; readonly key: string }): Promise<void> =>
  change(ports, viewer, request.name, ({ tags }) => ({ tags: new Map([...tags].filter(([key]) => key !== request.key)) }));

export const setAlias = (ports: Needed, viewer: Viewer, request: { readonly name: string; readonly alias: string; readonly version: number }): Promise<void> =>
  change(ports, viewer, request.name, async (registered, tx) => {
    await reachVersion(tx, viewer, registered, request.version);
    return { aliases: new Map([...registered.aliases, [request.alias, request.version]]) };
  });

export const deleteAlias = (ports: Needed, viewer: Viewer, request: { readonly name: string; readonly alias: string }): Promise<void> =>
  change(ports, viewer, request.name, ({ aliases }) => {
    if (!aliases.has(request.alias)) throw notFound('model/unknown-alias', `Registered model alias ${request.alias} not found.`);
    return { aliases: new Map([...aliases].filter(([alias]) => alias !== request.alias)) };
  });

export const renameRegisteredModel = (ports: Needed, viewer: Viewer, request: { readonly name: string; readonly newName: string }): Promise<void> =>
  change(ports, viewer, request.name, async ({ id }, tx) => {
    const taken = await tx.models.registered(viewer.organizationId, request.newName);
    if (taken && taken.id !== id) throw conflict('model/name-taken', `Registered Model (name=${request.newName}) already exists.`);
    return { name: request.newName };
  });

/** With all its versions: what is done to the whole model is done to those too that come from where the viewer may not look. */
export async function deleteRegisteredModel(ports: Needed, viewer: Viewer, name: string): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { registered } = await reachRegisteredModel(tx, viewer, name, 'model.delete');
    await tx.models.deleteRegistered(registered.id);
    await audit(tx, viewer, registered.id, { action: 'deleted', name });
  });
}

type Decide = (model: RegisteredModel, tx: Transaction) => Partial<RegisteredModel> | Promise<Partial<RegisteredModel>>;

async function change(ports: Needed, viewer: Viewer, name: string, decide: Decide): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { registered } = await reachRegisteredModel(tx, viewer, name, 'model.edit');
    const changes = await decide(registered, tx);
    await tx.models.updateRegistered({ ...registered, ...changes, updatedAt: ports.clock.now() });
    await audit(tx, viewer, registered.id, { action: 'updated', name, changed: Object.keys(changes) });
  });
}

async function audit(tx: Transaction, viewer: Viewer, id: string, event: { readonly action: string; readonly name: string; readonly changed?: readonly string[] }): Promise<void> {
  const { action, ...detail } = event;
  await tx.audit.append({ projectId: null, actorId: viewer.personId, action: `registered-model.${action}`, subjectKind: 'registered-model', subjectId: id, detail });
}
