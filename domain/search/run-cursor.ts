import { badInput } from '../refusal.ts';
import type { RunOrder } from './run-filter.ts';
import type { RunPosition } from './sort-runs.ts';

// A cursor holds the values its run is ordered by, so that a page neither skips nor repeats when runs are added, and a name of the order, so that it is not read in another.

const nameOf = (orders: readonly RunOrder[]): string => orders.map(({ field, descending }) => `${descending ? '-' : ''}${field.kind}:${field.kind === 'attribute' ? field.name : field.key}`).join(',');
const isTime = ({ field }: RunOrder): boolean => field.kind === 'attribute' && ['start_time', 'end_time', 'created_at'].includes(field.name);

/** Numbers as text: JSON knows no NaN. */
export function runCursor(orders: readonly RunOrder[], { values, startedAt, id }: RunPosition): string {
  return Buffer.from(JSON.stringify([nameOf(orders), ...values.map((value) => (value === null ? null : String(value))), startedAt, id])).toString('base64url');
}

export const badCursor = () => badInput('search/bad-cursor', 'after is not a cursor of this list in this order. Use the cursor of the last run of the page before, with the same order.');

/** Refuses what no page of this order has handed out. */
export function readRunCursor(orders: readonly RunOrder[], cursor: string): RunPosition {
  const parts = partsOf(cursor);
  const [name, ...rest] = parts;
  const id = rest.pop();
  const startedAt = rest.pop();
  if (name !== nameOf(orders) || rest.length !== orders.length || typeof id !== 'string' || (startedAt !== null && !Number.isFinite(startedAt))) throw badCursor();
  return { values: orders.map((order, at) => valueIn(rest[at], order.field.kind === 'metric' || isTime(order))), startedAt: startedAt as number | null, id };
}

function partsOf(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parsed)) return parsed;
  } catch {
    // Refused below, like every other cursor that is not ours.
  }
  throw badCursor();
}

function valueIn(given: unknown, numeric: boolean): string | number | null {
  if (given === null) return null;
  if (typeof given !== 'string') throw badCursor();
  if (!numeric) return given;
  const number = Number(given);
  if (given.trim() === '' || (Number.isNaN(number) && given !== 'NaN')) throw badCursor();
  return number;
}
