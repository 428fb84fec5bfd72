import { columnOf } from './column-of.ts';
import { numberIn } from './number-in.ts';
import type { RunOrder } from './run-filter.ts';
import type { RunTable } from './run-facts.ts';
import { compareTexts } from './text-order.ts';

/** Runs that share a value of a field. */
export interface RunGroup {
  /** As text; null for the runs without the field. */
  readonly value: string | null;
  readonly runs: number;
  /** The metric's latest values of the finished runs that nobody excluded; NaN and infinities left out. */
  readonly values: readonly number[];
}

interface Grown { runs: number; readonly values: number[] }

/** Groups runs by a field, in the order of its values: as numbers where all are numbers; those without it last. */
export function groupRuns(places: Int32Array, table: RunTable, { by, metric }: { readonly by: RunOrder['field']; readonly metric: string | null }): readonly RunGroup[] {
  const column = columnOf(by, table);
  const numbers = metric === null ? null : table.numbers(metric);
  const groups = new Map<string | number | undefined, Grown>();
  for (const place of places) {
    const value = column.at(place);
    const group = groups.get(value) ?? { runs: 0, values: [] };
    if (group.runs === 0) groups.set(value, group);
    group.runs += 1;
    const number = numbers?.at(place);
    const run = table.runs[place];
    if (number !== undefined && Number.isFinite(number) && run?.status === 'FINISHED' && !run.excluded) group.values.push(number);
  }
  const found = [...groups].map(([value, group]) => ({ value: value === undefined ? null : String(value), ...group }));
  const numeric = found.every(({ value }) => value === null || numberIn(value) !== undefined);
  return found.sort((a, b) => (a.value === null || b.value === null ? Number(a.value === null) - Number(b.value === null) : (numeric && Number(a.value) - Number(b.value)) || compareTexts(a.value, b.value)));
}
