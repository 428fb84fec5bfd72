import { count } from '../../_ui/numbers.ts';

export interface FileOfRuns {
  readonly values: readonly ({ readonly sha256: string | null } | null)[];
  readonly differs: boolean;
}

/** How a file differs between runs, in a few words: "differs", "only in rate 0.1", "3 versions, not in 1 run". */
export function fileNote({ values, differs }: FileOfRuns, runs: readonly string[]): string {
  if (!differs) return 'the same';
  const having = runs.filter((_, at) => values[at] != null);
  if (having.length === 1) return `only in ${having[0] ?? ''}`;
  const versions = new Set(values.flatMap((value) => value?.sha256 ?? [])).size;
  const missing = runs.length - having.length;
  if (missing === 0) return runs.length === 2 ? 'differs' : count(versions, 'version');
  return `${versions === 1 ? 'the same' : count(versions, 'version')}, not in ${count(missing, 'run')}`;
}

/** With which of the other runs the first is compared at first: one whose file is another. */
export function otherRun({ values }: FileOfRuns): number {
  const found = values.findIndex((value, at) => at > 0 && value?.sha256 !== values[0]?.sha256);
  return found < 0 ? 1 : found;
}
