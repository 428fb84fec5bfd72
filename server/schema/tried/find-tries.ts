import type { Reader } from '../../../adapters/postgres/reader.ts';
import type { ChangedVariable } from '../../../domain/experiments/changed-variables.ts';
import { containing, searchTextFrom } from '../../../domain/search/search-text.ts';
import { alsoLookAt, isCalled, readAbout, thatMatter, type Reading, type Variable } from '../../../domain/tried/touches.ts';
import { triesOf, type Try, type TriedVariant } from '../../../domain/tried/tries.ts';
import { Prisma } from '../../../generated/prisma/client.ts';
import { changedFrom } from '../experiments/changed-variable.ts';
import { paramsFrom } from '../param.ts';

/** Most experiments that are told of, the newest; behind it the answer says that there are more. */
export const MOST_EXPERIMENTS = 2000;
/** Most names of variables that are looked at, those that most experiments touched. */
const MOST_NAMES = 20_000;
/** So much of the topic's first word is in every value that holds it, abbreviated or not. */
const BEGINNING = 3;

export interface FoundTries {
  readonly reading: Reading;
  readonly tries: readonly Try[];
  /** Other names that may mean the same. */
  readonly alsoLookAt: readonly string[];
  /** It is a param of some run, though no experiment varied it. */
  readonly loggedOnly: boolean;
  /** More experiments touched it than are told of. */
  readonly more: boolean;
}

/** Reads the question by the names there are, and finds the variants that changed one of them. */
export async function findTries(reader: Reader, about: string, projectIds: readonly string[]): Promise<FoundTries> {
  const known = await knownVariables(reader, about, projectIds);
  const reading = readAbout(about, known);
  const [experimentIds, params] = await Promise.all([touching(reader, about, { reading, projectIds }), reading.kind === 'VARIABLE' ? [] : paramNames(reader, projectIds)]);
  const variants = await variantsOf(reader, experimentIds.slice(0, MOST_EXPERIMENTS), reading);
  return {
    reading,
    tries: triesOf(about, reading, variants),
    alsoLookAt: alsoLookAt(about, known),
    loggedOnly: params.some((name) => isCalled(about, { kind: 'CONFIG', name })),
    more: experimentIds.length > MOST_EXPERIMENTS,
  };
}

/** The names that can matter to the question and that some visible experiment touched. All names are few and read fast; whose they are is asked of these alone. */
async function knownVariables(reader: Reader, about: string, projectIds: readonly string[]): Promise<Variable[]> {
  const all = await reader.$queryRaw<Variable[]>`SELECT kind, name FROM experiment_variables GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2 LIMIT ${MOST_NAMES}`;
  const wanted = thatMatter(about, all);
  if (wanted.length === 0) return [];
  return reader.$queryRaw<Variable[]>`
    SELECT n.kind, n.name FROM unnest(${wanted.map(({ kind }) => kind)}::text[], ${wanted.map(({ name }) => name)}::text[]) WITH ORDINALITY AS n (kind, name, place)
    WHERE EXISTS (SELECT 1 FROM experiment_variables v JOIN experiments e ON e.id = v.experiment_id WHERE v.name = n.name AND v.kind = n.kind AND e.project_id = ANY(${[...projectIds]}) AND e.deleted_at IS NULL)
    ORDER BY n.place`;
}

async function paramNames(reader: Reader, projectIds: readonly string[]): Promise<string[]> {
  const rows = await reader.runKey.findMany({ where: { projectId: { in: [...projectIds] }, kind: 'PARAM' }, select: { key: true }, distinct: ['key'], take: MOST_NAMES });
  return rows.map(({ key }) => key);
}

interface Asked { readonly reading: Reading; readonly projectIds: readonly string[] }

/** The experiments that touched it, newest first. Of a topic also those with a value that may hold its words: the domain decides on the value itself. */
async function touching(reader: Reader, about: string, { reading, projectIds }: Asked): Promise<string[]> {
  const beginning = searchTextFrom(about)?.words[0]?.slice(0, BEGINNING);
  const inValues = reading.kind === 'TOPIC' && beginning ? Prisma.sql`(v.kind = 'CONFIG' AND v.values LIKE ${containing(beginning)})` : Prisma.sql`false`;
  const named = reading.variables.map(({ kind, name }) => `${kind} ${name}`);
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM experiments e WHERE e.project_id = ANY(${[...projectIds]}) AND e.deleted_at IS NULL AND e.id IN (
      SELECT v.experiment_id FROM experiment_variables v WHERE (v.name = ANY(${reading.variables.map(({ name }) => name)}) AND v.kind || ' ' || v.name = ANY(${named})) OR ${inValues})
    ORDER BY e.created_at DESC, e.id LIMIT ${MOST_EXPERIMENTS + 1}`;
  return rows.map(({ id }) => id);
}

interface VariantRow { readonly id: string; readonly experimentId: string; readonly isBaseline: boolean; readonly hasBaseline: boolean; readonly changed: unknown; readonly changedCount: number; readonly params: unknown }

/** Of each variant only what can matter, in the order of the experiments: a variant's environment may differ in hundreds of packages. */
async function variantsOf(reader: Reader, experimentIds: readonly string[], reading: Reading): Promise<TriedVariant[]> {
  if (experimentIds.length === 0) return [];
  const names = reading.variables.map(({ name }) => name);
  const rows = await reader.$queryRaw<VariantRow[]>`
    SELECT v.id, v.experiment_id AS "experimentId", v.role = 'BASELINE' AS "isBaseline", bool_or(v.role = 'BASELINE') OVER (PARTITION BY v.experiment_id) AS "hasBaseline",
      (SELECT jsonb_agg(c) FROM jsonb_array_elements(v.changed) c WHERE c ->> 'name' = ANY(${names}) OR (${reading.kind === 'TOPIC'} AND c ->> 'kind' = 'CONFIG')) AS changed,
      jsonb_array_length(v.changed) AS "changedCount",
      CASE WHEN v.role = 'TREATMENT' AND v.changed = '[]' THEN (SELECT jsonb_agg(p) FROM jsonb_array_elements(v.params) p WHERE p ->> 'key' = ANY(${names})) END AS params
    FROM unnest(${[...experimentIds]}::text[]) WITH ORDINALITY AS asked (id, place) JOIN variants v ON v.experiment_id = asked.id
    ORDER BY asked.place, v.created_at, v.id`;
  return rows.map(({ id, changed, params, ...row }): TriedVariant => ({ ...row, variantId: id, changed: changedFrom(changed) satisfies ChangedVariable[], params: paramsFrom(params) }));
}
