import type { Prisma } from '../../generated/prisma/client.ts';
import type { LoggedModelMetric, LoggedModelStatus, ModelRecords } from '../../operations/ports/models.ts';
import type { Tx } from './tx.ts';

export const modelRecords = (tx: Tx): ModelRecords => ({
  async logged(id) {
    await tx.$queryRaw`SELECT 1 FROM logged_models WHERE id = ${id} FOR UPDATE`;
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

  async addInputs(runId, modelIds) { await tx.runModelInput.createMany({ data: modelIds.map((modelId) => ({ runId, modelId })), skipDuplicates: true }); },
  async addMetrics(metrics) {
    if (metrics.length === 0) return;
    const column = <Key extends keyof LoggedModelMetric>(key: Key): LoggedModelMetric[Key][] => metrics.map((each) => each[key]);
    // Values travel as text: JSON, which Prisma's parameters pass through, has no NaN.
    await tx.$executeRaw`
      INSERT INTO logged_model_metrics (model_id, run_id, key, step, timestamp, value, dataset_name, dataset_digest)
      SELECT m.model, m.run, m.key, m.step, m.at, m.value::float8, m.dataset, m.digest
      FROM unnest(${column('modelId')}::text[], ${column('runId')}::text[], ${column('key')}::text[], ${column('step')}::bigint[], ${column('timestamp')}::bigint[],
                  ${column('value').map(String)}::text[], ${column('datasetName')}::text[], ${column('datasetDigest')}::text[]) AS m(model, run, key, step, at, value, dataset, digest)
      ON CONFLICT DO NOTHING`;
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
