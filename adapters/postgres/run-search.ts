import { createHash } from 'node:crypto';
import { isNumeric, type RunField, type RunFilter, type RunOrder } from '../../domain/search/run-filter.ts';
import { commonValues } from '../../domain/search/common-values.ts';
import { groupRuns } from '../../domain/search/group-runs.ts';
import { matching } from '../../domain/search/match-run-filter.ts';
import { badInput } from '../../domain/refusal.ts';
import type { TextColumn } from '../../domain/search/run-facts.ts';
import { readRunCursor, runCursor } from '../../domain/search/run-cursor.ts';
import { inOrder, positionsIn, type RunPositions } from '../../domain/search/sort-runs.ts';
import type { RunLifecycle, RunPage, RunQuery, RunSearch } from '../../operations/ports/run-search.ts';
import type { Database } from './client.ts';
import type { Clock } from '../../operations/ports/ambient.ts';
import { Answers } from './run-search/answers.ts';
import { refreshTogether } from './run-search/refresh-together.ts';
import { RunIndex, type ColumnName } from './run-search/run-index.ts';
import { visibleProjectText } from './visibility.ts';

/** MLflow's bound on max_results. */
const LARGEST_PAGE = 50_000;
/** Up to here the first of a list are chosen from it; beyond, it is sorted. */
const MOST_BY_CHOICE = 1_000;
/** `now` is the minute that has begun, so that the pages of a list, its count and its groups are of one moment. */
const MOMENT_MS = 60_000;
/** The newest runs say well enough which values are used. */
const MOST_COUNTED = 10_000;
const LIFECYCLE: Readonly<Record<RunLifecycle, (deleted: boolean) => boolean>> = { ACTIVE: (deleted) => !deleted, DELETED: (deleted) => deleted, ALL: () => true };

/** Run search over columns that are kept in memory and brought to the present before every answer: docs/decisions/0046-run-search-in-memory.md. */
export function postgresRunSearch({ pool }: Pick<Database, 'pool'>, clock: Pick<Clock, 'now'>): RunSearch {
  const index = new RunIndex(pool);
  const refresh = refreshTogether<ColumnName>((names) => index.refreshed(names));
  const answers = new Answers();

  /** Reads with all columns there and the projects that may be seen. `read` may not wait for anything: the index changes meanwhile. */
  async function reading<Answer>(query: RunQuery, fields: readonly RunField[], read: (places: Int32Array, key: string) => Answer): Promise<Answer> {
    const filtered = columnsIn(query.filter ?? null);
    const named = columnsOf(fields);
    const [visible] = await Promise.all([visibleProjects(query), refresh([...filtered, ...named])]);
    const projects = visible.filter(({ slug }) => query.projectSlug === undefined || slug === query.projectSlug).map(({ id }) => id);
    // A digest, as keys are made of it several times and kept: a search may name every experiment there is.
    const scope = createHash('sha256').update(JSON.stringify([projects, query.experimentIds, query.lifecycle])).digest('base64');
    const all = answers.of(`${index.version} ${scope}`, () => inScope(query, new Set(projects)));
    const { filter } = query;
    if (!filter) return read(all, `${index.stampOf(named)} ${scope}`);
    const now = Math.floor(clock.now().getTime() / MOMENT_MS) * MOMENT_MS;
    const key = `${scope} ${JSON.stringify(filter)}${whereFrom(filter, { now, visible })}`;
    return read(answers.of(`${index.stampOf(filtered)} ${key}`, () => matching(filter, index.asSeenBy(new Set(visible.map(({ id }) => id)), now), all)), `${index.stampOf([...filtered, ...named])} ${key}`);
  }

  /** Not only the one that is asked about: descent leads through others. */
  async function visibleProjects({ viewer }: RunQuery): Promise<readonly VisibleProject[]> {
    const visible = visibleProjectText(viewer, 1);
    return (await pool.query<VisibleProject>(`SELECT p.id, p.slug FROM projects p WHERE (${visible.text}) ORDER BY p.id`, [...visible.values])).rows;
  }

  function inScope({ experimentIds, lifecycle }: RunQuery, projects: ReadonlySet<string>): Int32Array {
    const { scope } = index;
    const experiments = experimentIds && new Set(experimentIds);
    const inProject = passing(scope.projects, (id) => projects.has(id));
    const inExperiment = passing(scope.experiments, (id) => !experiments || experiments.has(id));
    const alive = passing(scope.deleted, (deleted) => LIFECYCLE[lifecycle](deleted === 'true'));
    return index.order.filter((place) => inProject(place) && inExperiment(place) && alive(place));
  }

  return {
    async find(query, request) {
      const { first, orderBy = [] } = request;
      if (!Number.isInteger(first) || first < 1 || first > LARGEST_PAGE) throw badInput('search/page-size', `A page holds 1 to ${LARGEST_PAGE} runs; ${first} were asked for.`);
      const after = request.after ? readRunCursor(orderBy, request.after) : null;
      return reading(query, orderBy.map(({ field }) => field), (places, key) => {
        const positions = positionsIn(orderBy, index);
        const rest = after ? places.filter((place) => positions.compare(place, after) > 0) : places;
        const skip = Math.max(0, request.skip ?? 0);
        const sorted = ordered(rest, { orderBy, wanted: skip + first + 1, key: after ? null : key });
        return { ...pageOf(sorted.subarray(skip, skip + first + 1), { orderBy, positions, first }), total: places.length };
      });
    },
    warm: () => refresh([]),
    count: (query) => reading(query, [], (places) => places.length),
    values: (query, { field, text, first }) => (isNumeric(field) ? Promise.resolve([]) : reading(query, [field], (places) => commonValues(places.subarray(0, MOST_COUNTED), index, { field, text, first }))),
    groups: (query, { by, metric }) => reading(query, [by, ...(metric === null ? [] : [{ kind: 'metric', key: metric } as const])], (places) => groupRuns(places, index, { by, metric })),
  };

  /** Whoever jumps far into a list needs all of it in order, and soon the page beside; whoever begins it does not. */
  function ordered(places: Int32Array, { orderBy, wanted, key }: { readonly orderBy: readonly RunOrder[]; readonly wanted: number; readonly key: string | null }): Int32Array {
    if (orderBy.length === 0) return places;
    const whole = `${key} ${JSON.stringify(orderBy)}`;
    if (key === null || (wanted <= MOST_BY_CHOICE && !answers.knows(whole))) return inOrder(places, orderBy, { table: index, count: wanted });
    return answers.of(whole, () => inOrder(places, orderBy, { table: index, count: null }));
  }
}

interface VisibleProject { readonly id: string; readonly slug: string }

/** What else a filter's answer depends on: the clock for `now - 7d`, all projects that may be seen for who was derived from whom. */
function whereFrom(filter: RunFilter, { now, visible }: { readonly now: number; readonly visible: readonly VisibleProject[] }): string {
  switch (filter.kind) {
    case 'and': case 'or': return filter.parts.map((part) => whereFrom(part, { now, visible })).join('');
    case 'not': return whereFrom(filter.part, { now, visible });
    case 'since': return ` ${now}`;
    case 'lineage': return ` ${visible.map(({ id }) => id).join()}`;
    case 'changed': case 'compare': case 'in': case 'like': case 'null': return '';
  }
}

/** Whether the text of a place passes; every text is tested once. */
function passing({ texts, codes }: TextColumn, test: (text: string) => boolean): (place: number) => boolean {
  const passes = Uint8Array.from([0, ...texts.map((text) => Number(test(text)))]);
  return (place) => passes[codes[place] ?? 0] === 1;
}

function pageOf(places: Int32Array, { orderBy, positions, first }: { readonly orderBy: readonly RunOrder[]; readonly positions: RunPositions; readonly first: number }): Omit<RunPage, 'total'> {
  const hits = Array.from(places.subarray(0, first), (place) => positions.of(place));
  return { hits: hits.map((position) => ({ runId: position.id, cursor: runCursor(orderBy, position) })), hasMore: places.length > first };
}

const columnsOf = (fields: readonly RunField[]): readonly ColumnName[] => fields.flatMap(columnOf);

function columnOf(field: RunField): ColumnName[] {
  switch (field.kind) {
    case 'attribute': return [`attribute:${field.name}`];
    case 'dataset': return ['dataset:'];
    case 'metric': case 'param': case 'tag': return [`${field.kind}:${field.key}`];
  }
}

function columnsIn(filter: RunFilter | null): readonly ColumnName[] {
  if (!filter) return [];
  switch (filter.kind) {
    case 'lineage': return [];
    case 'and': case 'or': return filter.parts.flatMap(columnsIn);
    case 'not': return columnsIn(filter.part);
    case 'changed': return ['changes:'];
    case 'since': case 'compare': case 'like': case 'in': case 'null': return columnOf(filter.field);
  }
}
