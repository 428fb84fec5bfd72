import type { Prisma } from '../../generated/prisma/client.ts';
import type { LoggedModelStatus, ModelRecords } from '../../operations/ports/models.ts';
import type { Tx } from './store.ts';

export const modelRecords = (tx: Tx): ModelRecords => ({
  async logged(id) {
    const found = await tx.loggedModel.findUnique({ where: { id } });
    return found && { ...found, status: found.status as LoggedModelStatus, params: textMap(found.params), tags: textMap(found.tags) };
  },
  async insertLogged(model) { await tx.loggedModel.create({ data: { ...model, params: json(model.params), tags: json(model.tags) } }); },
  async updateLogged({ id, ...model }) { await tx.loggedModel.update({ where: { id }, data: { ...model, params: json(model.params), tags: json(model.tags) } }); },
  async addOutputs(runId, outputs) {
    if (outputs.size === 0) return;
    await tx.$executeRaw`
      INSERT INTO run_outputs (run_id, model_id, step) SELECT ${runId}, o.model, o.step FROM unnest(${[...outputs.keys()]}::text[], ${[...outputs.values()]}::bigint[]) AS o(model, step)
      ON CONFLICT (run_id, model_id) DO UPDATE SET step = excluded.step`;
  },

  async registered(organizationId, name) {
    await tx.$queryRaw`SELECT 1 FROM registered_models WHERE organization_id = ${organizationId} AND name = ${name} FOR UPDATE`;
    const found = await tx.registeredModel.findUnique({ where: { organizationId_name: { organizationId, name } } });
    return found && { ...found, tags: textMap(found.tags), aliases: new Map(Object.entries(found.aliases as Record<string, number>)) };
  },
  async insertRegistered(model) { await tx.registeredModel.create({ data: { ...model, tags: json(model.tags), aliases: json(model.aliases) } }); },
  async updateRegistered({ id, ...model }) { await tx.registeredModel.update({ where: { id }, data: { ...model, tags: json(model.tags), aliases: json(model.aliases) } }); },
  async deleteRegistered(id) { await tx.registeredModel.delete({ where: { id } }); },

  async version(registeredModelId, version) {
    const found = await tx.modelVersion.findUnique({ where: { registeredModelId_version: { registeredModelId, version } } });
    return found && { ...found, tags: textMap(found.tags) };
  },
  async versions(registeredModelId) {
    const found = await tx.modelVersion.findMany({ where: { registeredModelId }, orderBy: { version: 'asc' } });
    return found.map((each) => ({ ...each, tags: textMap(each.tags) }));
  },
  async insertVersion(version) { await tx.modelVersion.create({ data: { ...version, tags: json(version.tags) } }); },
  async updateVersion({ registeredModelId, version, ...rest }) {
    await tx.modelVersion.update({ where: { registeredModelId_version: { registeredModelId, version } }, data: { ...rest, tags: json(rest.tags) } });
  },
  async deleteVersion(registeredModelId, version) { await tx.modelVersion.delete({ where: { registeredModelId_version: { registeredModelId, version } } }); },
});

const json = (map: ReadonlyMap<string, string | number>): Prisma.JsonObject => Object.fromEntries(map);
const textMap = (stored: Prisma.JsonValue): ReadonlyMap<string, string> => new Map(Object.entries(stored as Record<string, string>));
