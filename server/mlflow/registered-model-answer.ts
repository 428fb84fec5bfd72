import type { Prisma } from '../../generated/prisma/client.ts';
import { visibleRegisteredModels, visibleVersions } from '../visibility.ts';
import type { Call } from './call.ts';
import type { Condition } from './condition.ts';
import { asMap, pairsOf } from './logged-model-answer.ts';
import { listed } from './run-answer.ts';

export type RegisteredRow = Prisma.RegisteredModelGetPayload<{ include: { versions: true } }>;
export type VersionRow = RegisteredRow['versions'][number];

/** The registered models this viewer may see, or the one of a name, each with the versions they may see: every answer of the registry is made from these. */
export const loadRegisteredModels = ({ deps, viewer }: Call, name?: string): Promise<RegisteredRow[]> =>
  deps.reader.registeredModel.findMany({
    where: { ...(name === undefined ? {} : { name }), ...visibleRegisteredModels(viewer) },
    include: { versions: { where: visibleVersions(viewer), orderBy: { version: 'asc' } } },
  });

/** The aliases of the versions that were loaded: the others' would tell of what is not shown. */
const aliasesOf = ({ aliases, versions }: Pick<RegisteredRow, 'aliases' | 'versions'>): readonly (readonly [string, number])[] =>
  Object.entries(aliases as Record<string, number>).filter(([, number]) => versions.some(({ version }) => version === number));

/** A version in MLflow's JSON. */
export function versionAnswer(model: RegisteredRow, version: VersionRow): object {
  const aliases = aliasesOf(model).filter(([, number]) => number === version.version).map(([alias]) => alias);
  return {
    name: model.name,
    version: String(version.version),
    creation_timestamp: version.createdAt.getTime(),
    last_updated_timestamp: version.updatedAt.getTime(),
    current_stage: version.stage,
    description: version.description ?? '',
    source: version.source,
    run_id: version.runId ?? '',
    status: version.status,
    ...listed('tags', pairsOf(asMap(version.tags))),
    run_link: '',
    ...listed('aliases', aliases),
    ...(version.modelId === null ? {} : { model_id: version.modelId }),
  };
}

/** A registered model in MLflow's JSON. */
export function registeredAnswer(model: RegisteredRow): object {
  return {
    name: model.name,
    creation_timestamp: model.createdAt.getTime(),
    last_updated_timestamp: model.updatedAt.getTime(),
    ...(model.description === null ? {} : { description: model.description }),
    ...listed('latest_versions', latestVersions(model).map((version) => versionAnswer(model, version))),
    ...listed('tags', pairsOf(asMap(model.tags))),
    ...listed('aliases', aliasesOf(model).map(([alias, version]) => ({ alias, version: String(version) }))),
  };
}

/** The newest version of each stage, or of the stages named. */
export function latestVersions(model: RegisteredRow, stages: readonly string[] = []): readonly VersionRow[] {
  const newest = new Map<string, VersionRow>();
  for (const version of model.versions) newest.set(version.stage, version);
  const wanted = stages.map((stage) => stage.toLowerCase());
  return [...newest.values()].filter(({ stage }) => wanted.length === 0 || wanted.includes(stage.toLowerCase()));
}

export const aliasedVersion = (model: RegisteredRow, alias: string): VersionRow | undefined => {
  const number = aliasesOf(model).find(([each]) => each === alias)?.[1];
  return model.versions.find((each) => each.version === number);
};

const PROMPT = 'mlflow.prompt.is_prompt';

/** A registry tag as searches see it. MLflow keeps prompts among the models, told apart by a tag that models lack: for them it reads "false". */
export const searchedTag = (stored: Prisma.JsonValue, key: string): string | undefined => asMap(stored).get(key) ?? (key === PROMPT ? 'false' : undefined);

/** Searches find models only, unless the filter asks for prompts. */
export const withoutPrompts = (conditions: readonly Condition[]): readonly Condition[] =>
  conditions.some(({ entity, key }) => entity === 'tag' && key === PROMPT) ? conditions : [...conditions, { entity: 'tag', key: PROMPT, comparator: '!=', value: 'true' }];
