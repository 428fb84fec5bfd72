import { badInput } from '../refusal.ts';
import { comparePlaces, mergeColumns, pack, placeAt, placesOf, type MetricColumns } from './series.ts';

/**
 * Columns as a client sent them, made into what a series is: each metric once, its points in order, each point once. What comes like that already, as trainings log it, is looked at and not copied.
 * Refuses columns of different lengths and names with a NUL.
 */
export function seriesOf(given: readonly MetricColumns[]): readonly MetricColumns[] {
  const byKey = new Map<string, MetricColumns[]>();
  for (const columns of given) {
    requireColumns(columns);
    if (columns.values.length === 0) continue;
    const pieces = byKey.get(columns.key);
    if (pieces) pieces.push(ordered(columns));
    else byKey.set(columns.key, [ordered(columns)]);
  }
  return [...byKey].map(([key, pieces]) => mergeColumns(key, pieces));
}

function requireColumns({ key, steps, timestamps, values }: MetricColumns): void {
  if (key.includes('\0')) throw badInput('metric/bad-name', 'A metric\'s name may not contain the NUL character.');
  if (steps.length !== values.length || timestamps.length !== values.length) {
    throw badInput('metric/columns-differ', `Metric "${key}" has ${steps.length} steps, ${timestamps.length} timestamps and ${values.length} values. Send as many of each.`);
  }
}

const ordered = (columns: MetricColumns): MetricColumns => (ascends(columns) ? columns : sorted(columns));

/** Whether every point comes after the one before it. */
function ascends(columns: MetricColumns): boolean {
  const { steps } = columns;
  for (let at = 1; at < steps.length; at += 1) {
    if ((steps[at] ?? 0n) > (steps[at - 1] ?? 0n)) continue;
    if (comparePlaces(placeAt(columns, at - 1), placeAt(columns, at)) >= 0) return false;
  }
  return true;
}

function sorted(columns: MetricColumns): MetricColumns {
  const places = placesOf(columns).sort(comparePlaces);
  return pack(columns.key, places.filter((place, at) => {
    const before = places[at - 1];
    return before === undefined || comparePlaces(before, place) !== 0;
  }));
}
