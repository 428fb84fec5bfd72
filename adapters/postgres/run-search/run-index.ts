import type { Pool } from 'pg';
import { ATTRIBUTE, type DatasetColumn, type DatasetUse, type NumberColumn, type RunFacts, type RunTable, type RunView, type TextColumn } from '../../../domain/search/run-facts.ts';
import { isNumeric, type Relation, type RunAttribute } from '../../../domain/search/run-filter.ts';
import { compareStarts } from '../../../domain/search/sort-runs.ts';
import { Datasets, Numbers, Texts, type Column } from './columns.ts';
import { MOST_MATCHING_WORK } from '../../../domain/search/wildcard.ts';
import { ExperimentIndex } from './experiment-index.ts';
import { allExperiments, allRuns, changesColumn, changesSince, datasetColumn, metricColumn, presentMoment, textColumn, type LoadedKeys, type RunChanges } from './read-runs.ts';

/** Columns beyond this are let go of, the one that was asked for longest ago first. */
const MOST_COLUMN_BYTES = 384 * 2 ** 20;

/** "param:lr". */
export type ColumnName = `${'metric' | 'param' | 'tag'}:${string}` | `attribute:${RunAttribute}` | 'dataset:' | 'changes:';

type AnyColumn = Numbers | Texts | Datasets;

/**
 * All runs, and the columns that somebody asked for, in memory. `refreshed` brings it to the present before it is read, so every answer knows what was committed before the question.
 * Only `refreshed` writes to it, one call at a time.
 */
export class RunIndex implements RunTable {
  readonly runs: (RunFacts | undefined)[] = [];
  /** Places of the runs that are there, newest start first. */
  order = new Int32Array();
  /** What decides whether a question may find a run, as columns: it is asked of every run after every change. */
  scope = { projects: new Texts(), experiments: new Texts(), deleted: new Texts() };
  readonly #experiments = new ExperimentIndex();
  /** Counts changes of the facts. */
  version = 0;
  readonly #pool: Pool;
  readonly #places = new Map<string, number>();
  readonly #columns = new Map<ColumnName, AnyColumn>();
  /** Places that are not where they belong in the order, if at all. */
  readonly #misplaced = new Set<number>();
  #moment: string | null = null;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  numbers(key: string): NumberColumn { return this.#there(`metric:${key}`) as Numbers; }
  texts(kind: 'param' | 'tag', key: string): TextColumn { return this.#there(`${kind}:${key}`) as Texts; }
  attribute(name: RunAttribute): NumberColumn | TextColumn { return this.#there(`attribute:${name}`) as Numbers | Texts; }
  datasets(): DatasetColumn { return this.#there('dataset:') as Datasets; }

  changes(): TextColumn { return this.#there('changes:') as Texts; }
  experiments(): TextColumn { return this.scope.experiments; }

  /** The index as somebody asks of it who may see some projects (their ids). */
  asSeenBy(visible: ReadonlySet<string>, now: number): RunView {
    const relatives = (relation: Relation, experiment: string): ReadonlySet<string> => this.#experiments.relatives(relation, experiment, visible);
    return {
      runs: this.runs, now, relatives, work: { left: MOST_MATCHING_WORK },
      numbers: (key) => this.numbers(key), texts: (kind, key) => this.texts(kind, key), attribute: (name) => this.attribute(name),
      datasets: () => this.datasets(), changes: () => this.changes(), experiments: () => this.experiments(),
    };
  }

  #there(name: ColumnName): AnyColumn {
    const column = this.#columns.get(name);
    if (!column) throw new Error(`column ${name} was not asked for`);
    return column;
  }

  /** Another text after every change of the facts or of one of the columns. */
  stampOf(names: readonly ColumnName[]): string {
    return [this.version, ...names.map((name) => this.#columns.get(name)?.version ?? -1)].join('.');
  }

  async refreshed(names: readonly ColumnName[]): Promise<void> {
    const changes = this.#moment === null ? null : await changesSince(this.#pool, this.#moment, this.#loadedKeys());
    if (changes) this.#apply(changes);
    else await this.#readAll();
    // At once: each waits for a connection, and for what of it is not in Postgres' memory.
    const columns = await Promise.all(names.map(async (name) => [name, this.#columns.get(name) ?? (await this.#read(name))] as const));
    for (const [name, column] of columns) {
      // Last in the map: asked for last.
      this.#columns.delete(name);
      this.#columns.set(name, column);
    }
    this.#letGo(new Set(names));
  }

  async #readAll(): Promise<void> {
    const moment = await presentMoment(this.#pool);
    this.#places.clear();
    this.#columns.clear();
    this.runs.length = 0;
    this.scope = { projects: new Texts(), experiments: new Texts(), deleted: new Texts() };
    this.order = new Int32Array();
    this.#experiments.clear();
    for await (const page of allExperiments(this.#pool)) for (const facts of page) this.#experiments.put(facts);
    for await (const page of allRuns(this.#pool)) for (const facts of page) this.#place(facts);
    this.#arrange();
    this.#moment = moment;
  }

  /** Columns are read after the runs. What else changes meanwhile is among the changes of the next time, whose moment is before. */
  async #read(name: ColumnName): Promise<AnyColumn> {
    const at = name.indexOf(':');
    const [kind, key] = [name.slice(0, at), name.slice(at + 1)];
    switch (kind) {
      case 'metric': return this.#filled(new Numbers(), await metricColumn(this.#pool, key));
      case 'attribute': return this.#ofFacts(key as RunAttribute);
      case 'dataset': return this.#filled(new Datasets(), usesByRun(await datasetColumn(this.#pool)));
      case 'changes': return this.#filled(new Texts(), await changesColumn(this.#pool));
      default: return this.#filled(new Texts(), await textColumn(this.#pool, kind === 'param' ? 'run_params' : 'run_tags', key));
    }
  }

  #filled<Value, Filled extends Column<Value>>(column: Filled & Column<Value>, cells: readonly (readonly [string, Value])[]): Filled {
    for (const [runId, value] of cells) this.#put(column, runId, value);
    return column;
  }

  #ofFacts(name: RunAttribute): Numbers | Texts {
    const column = isNumeric({ kind: 'attribute', name }) ? new Numbers() : new Texts();
    for (const place of this.order) this.#putFact(name, column, place);
    return column;
  }

  #putFact(name: RunAttribute, column: Numbers | Texts, place: number): void {
    const run = this.runs[place];
    (column as Column<string | number>).put(place, (run && ATTRIBUTE[name](run, this.#experiments.of(run.experimentId))) ?? undefined);
  }

  #apply(changes: RunChanges): void {
    const ofExperiments = changes.experiments.length > 0 ? this.#applyExperiments(changes) : [];
    if (changes.touched.length > 0) this.#applyFacts(changes);
    this.#replace('param', changes.touched, changes.params);
    this.#replace('tag', changes.touched, changes.tags);
    this.#replace('metric', changes.logged, changes.metrics.map(([runId, key, value]) => [runId, key, Number(value)]));
    this.#replace('dataset', changes.touched, usesByRun(changes.datasets).map(([runId, uses]) => [runId, '', uses]));
    this.#replace('changes', [...changes.touched, ...ofExperiments], changes.changes.map(([runId, lines]) => [runId, '', lines]));
    this.#moment = changes.moment;
  }

  /** What is said of an experiment is said of its runs. Answers their ids. */
  #applyExperiments({ experiments, experimentFacts }: RunChanges): readonly string[] {
    for (const id of experiments) this.#experiments.remove(id);
    for (const facts of experimentFacts) this.#experiments.put(facts);
    const touched = new Set(experiments);
    const places = this.order.filter((place) => touched.has(this.runs[place]?.experimentId ?? ''));
    for (const [name, column] of this.#columns) if (name.startsWith('attribute:')) for (const place of places) this.#putFact(name.slice('attribute:'.length) as RunAttribute, column as Numbers | Texts, place);
    this.version += 1;
    return Array.from(places, (place) => this.runs[place]?.id ?? '');
  }

  #applyFacts({ touched, facts }: RunChanges): void {
    const there = new Set(facts.map(({ id }) => id));
    for (const id of touched) {
      const place = there.has(id) ? undefined : this.#places.get(id);
      if (place === undefined) continue;
      this.runs[place] = undefined;
      this.#places.delete(id);
      this.#misplaced.add(place);
    }
    for (const each of facts) this.#place(each);
    this.#arrange();
  }

  #place(facts: RunFacts): void {
    const place = this.#places.get(facts.id) ?? this.runs.length;
    const before = this.runs[place];
    if (before && sameFacts(before, facts)) return;
    this.#places.set(facts.id, place);
    this.runs[place] = facts;
    this.scope.projects.put(place, facts.projectId);
    this.scope.experiments.put(place, facts.experimentId);
    this.scope.deleted.put(place, String(facts.deleted));
    for (const [name, column] of this.#columns) if (name.startsWith('attribute:')) this.#putFact(name.slice('attribute:'.length) as RunAttribute, column as Numbers | Texts, place);
    this.version += 1;
    if (before?.startedAt !== facts.startedAt || !before) this.#misplaced.add(place);
  }

  /** Takes what changed its start out of the order and puts it where it belongs. */
  #arrange(): void {
    if (this.#misplaced.size === 0) return;
    const compare = (a: number, b: number): number => compareStarts(this.runs[a] as RunFacts, this.runs[b] as RunFacts);
    const moved = Int32Array.from([...this.#misplaced].filter((place) => this.runs[place] !== undefined)).sort(compare);
    const kept = this.order.filter((place) => !this.#misplaced.has(place));
    this.order = new Int32Array(kept.length + moved.length);
    let [from, at] = [0, 0];
    for (const place of moved) {
      const to = firstAfter(kept, (other) => compare(place, other) < 0);
      this.order.set(kept.subarray(from, to), at);
      at += to - from;
      this.order[at++] = place;
      from = to;
    }
    this.order.set(kept.subarray(from), at);
    this.#misplaced.clear();
    this.version += 1;
  }

  #replace(kind: string, runIds: readonly string[], cells: readonly (readonly [string, string, unknown])[]): void {
    if (runIds.length === 0) return;
    const byName = Map.groupBy(cells, ([, key]) => key);
    for (const [name, column] of this.#columns) {
      if (!name.startsWith(`${kind}:`)) continue;
      const now = new Map((byName.get(name.slice(kind.length + 1)) ?? []).map(([runId, , value]) => [runId, value]));
      for (const runId of runIds) this.#put(column as Column<unknown>, runId, now.get(runId));
    }
  }

  #put<Value>(column: Column<Value>, runId: string, value: Value | undefined): void {
    const place = this.#places.get(runId);
    if (place !== undefined) column.put(place, value);
  }

  #loadedKeys(): LoadedKeys {
    const of = (kind: string): string[] => [...this.#columns.keys()].filter((name) => name.startsWith(`${kind}:`)).map((name) => name.slice(kind.length + 1));
    return { params: of('param'), tags: of('tag'), metrics: of('metric'), datasets: this.#columns.has('dataset:'), changes: this.#columns.has('changes:') };
  }

  #letGo(needed: ReadonlySet<ColumnName>): void {
    let bytes = [...this.#columns.values()].reduce((sum, column) => sum + column.bytes, 0);
    for (const [name, column] of this.#columns) {
      if (bytes <= MOST_COLUMN_BYTES) return;
      if (needed.has(name)) continue;
      bytes -= column.bytes;
      this.#columns.delete(name);
    }
  }
}

const sameFacts = (a: RunFacts, b: RunFacts): boolean => (Object.keys(a) as (keyof RunFacts)[]).every((name) => a[name] === b[name]);

/** Where in a sorted list the first entry stands for which `isAfter` holds. */
function firstAfter(list: Int32Array, isAfter: (entry: number) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAfter(list[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function usesByRun(cells: readonly (readonly [string, string, string, string | null])[]): [string, readonly DatasetUse[]][] {
  return [...Map.groupBy(cells, ([runId]) => runId)].map(([runId, uses]) => [runId, uses.map(([, name, digest, context]) => ({ name, digest, context }))]);
}
