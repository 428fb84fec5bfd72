import { badFilter, MINUTES } from './filter-tokens.ts';
import type { Comparator, RunFilter, TimeField } from './run-filter.ts';
import type { TokenReader } from './token-reader.ts';

/** A time somebody wrote: the milliseconds it covers (a day covers all of its own, in UTC; `to` is the first behind it), or one that moves with the clock. */
export type WrittenTime = { readonly kind: 'at'; readonly from: number; readonly to: number } | { readonly kind: 'ago'; readonly minutes: number };

const TIME = 'a date such as \'2026-11-01\', a time such as \'2026-11-01T14:30\' (UTC unless it says otherwise), epoch milliseconds, or now - 7d';
const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d{1,3})?))?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const A_DAY = 86_400_000;
const NOW = /^now(?:-(\d{1,6})([mhdw]))?$/i;

/** Reads `'2026-11-01'`, `'2026-11-01T14:30+02:00'`, `1793491200000`, `now` or `now - 7d`. */
export function readTime(reader: TokenReader): WrittenTime {
  const token = reader.peek();
  if (token.kind === 'number') {
    reader.next();
    return { kind: 'at', from: token.value, to: token.value };
  }
  if (token.kind === 'word') return readNow(reader, token.text);
  const time = token.kind === 'string' ? timeIn(token.value) : null;
  if (!time) return reader.expected(TIME);
  reader.next();
  return time;
}

function readNow(reader: TokenReader, text: string): WrittenTime {
  const [whole, amount, unit] = NOW.exec(text) ?? [];
  if (whole === undefined) return reader.expected(TIME);
  reader.next();
  if (amount !== undefined && unit !== undefined) return { kind: 'ago', minutes: Number(amount) * (MINUTES[unit.toLowerCase()] ?? 1) };
  if (!reader.takeSymbol('-')) return { kind: 'ago', minutes: 0 };
  const duration = reader.peek();
  if (duration.kind !== 'duration') return reader.expected('how long ago: minutes, hours, days or weeks such as 30m, 12h, 7d or 2w');
  reader.next();
  return { kind: 'ago', minutes: duration.minutes };
}

function timeIn(text: string): WrittenTime | null {
  const [whole, year, month, day, hours, minutes, seconds, zone] = WRITTEN.exec(text) ?? [];
  const midnight = whole === undefined ? null : midnightOf(Number(year), Number(month), Number(day));
  if (midnight === null) return null;
  if (hours === undefined) return { kind: 'at', from: midnight, to: midnight + A_DAY };
  const offset = zoneMinutes(zone);
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) >= 60 || offset === null) return null;
  const at = midnight + Math.round((Number(hours) * 3_600 + (Number(minutes) - offset) * 60 + Number(seconds ?? 0)) * 1_000);
  return { kind: 'at', from: at, to: at };
}

/** Minutes east of UTC; null where there is no such zone. */
function zoneMinutes(zone: string | undefined): number | null {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return hours > 14 || minutes > 59 ? null : (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Epoch milliseconds of a day's beginning in UTC; null for a day the calendar lacks. Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
function midnightOf(year: number, month: number, day: number): number | null {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (month < 1 || month > 12 || day < 1 || day > length) return null;
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468) * A_DAY;
}

/** A condition on a time. A day is all of the day: `> '2026-11-01'` begins when it is over, `<= '2026-11-01'` has all of it. */
export function timeCondition(field: TimeField, comparator: Comparator, time: WrittenTime): RunFilter {
  if (time.kind === 'ago') return { kind: 'since', field, comparator, minutesAgo: time.minutes };
  const compare = (as: Comparator, value: number): RunFilter => ({ kind: 'compare', field, comparator: as, value });
  const { from, to } = time;
  if (from === to) return compare(comparator, from);
  switch (comparator) {
    case '=': return { kind: 'and', parts: [compare('>=', from), compare('<', to)] };
    case '!=': return { kind: 'or', parts: [compare('<', from), compare('>=', to)] };
    case '>': return compare('>=', to);
    case '<=': return compare('<', to);
    case '<': case '>=': return compare(comparator, from);
  }
}

/** Between two times, both included; `negated` for what lies outside. */
export function timeRange(field: TimeField, [low, high]: readonly [WrittenTime, WrittenTime], negated: boolean): RunFilter {
  const ends = (a: Comparator, b: Comparator): readonly RunFilter[] => [timeCondition(field, a, low), timeCondition(field, b, high)];
  return negated ? { kind: 'or', parts: ends('<', '>') } : { kind: 'and', parts: ends('>=', '<=') };
}

/** `now - 7d`, in the largest unit that says it whole. */
export function formatAgo(minutes: number): string {
  const [unit, size] = Object.entries(MINUTES).toReversed().find(([, each]) => minutes % each === 0) ?? ['m', 1];
  return minutes === 0 ? 'now' : `now - ${minutes / size}${unit}`;
}

/** Refuses what ends before it begins: it finds nothing, and is nearly always written the wrong way round. */
export function requireForward(at: number, low: number, high: number): void {
  if (low > high) throw badFilter(at, `BETWEEN needs the smaller value first; ${low} is larger than ${high}.`);
}
