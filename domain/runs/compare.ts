import { uncommittedText } from './capture.ts';

/** One item that runs may differ in: a value a run, null where a run has none. */
export interface ComparisonRow<Value> {
  readonly name: string;
  readonly values: readonly (Value | null)[];
  /** Whether they are not all equal; a missing value differs from every other. */
  readonly differs: boolean;
}

/** Puts the items of several runs side by side: a row for each name any of them has, by name. NaN equals NaN; `isSame` says what else does. */
export function compareItems<Value extends string | number>(runs: readonly ReadonlyMap<string, Value>[], isSame: (name: string, one: Value, other: Value) => boolean = () => false): readonly ComparisonRow<Value>[] {
  const names = new Set(runs.flatMap((items) => [...items.keys()]));
  return [...names].toSorted((a, b) => (a < b ? -1 : 1)).map((name) => {
    const values = runs.map((items) => items.get(name) ?? null);
    const [first = null] = values;
    return { name, values, differs: values.some((value) => !Object.is(value, first) && !(value !== null && first !== null && isSame(name, first, value))) };
  });
}

/** What a run says of its code, by name. */
export interface CodeFacts {
  readonly codeRepository: string | null;
  readonly codeCommit: string | null;
  readonly codeBranch: string | null;
  readonly codeDirty: boolean;
  readonly codeDiff?: string | null;
  readonly sourceName: string | null;
}

/** Code as items. Of a run without any version only the source is known. */
export function codeItems(run: CodeFacts): ReadonlyMap<string, string> {
  const known = run.codeCommit !== null || run.codeRepository !== null || run.codeBranch !== null;
  const items = [['repository', run.codeRepository], ['commit', run.codeCommit], ['branch', run.codeBranch], ['uncommitted changes', known || run.codeDiff ? uncommittedText(run) : null], ['source', run.sourceName]] as const;
  return new Map(items.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])));
}

/** Datasets as items: the name, with what it was used for, and its digests. */
export function dataItems(datasets: readonly { readonly name: string; readonly context: string | null; readonly digest: string }[]): ReadonlyMap<string, string> {
  const groups = Map.groupBy(datasets, ({ name, context }) => (context ? `${name} (${context})` : name));
  return new Map([...groups].map(([name, own]) => [name, [...new Set(own.map(({ digest }) => digest))].toSorted((a, b) => (a < b ? -1 : 1)).join(', ')]));
}
