import { SYSTEM_PREFIX } from './system-sample.ts';

const OF_HELD_OUT_DATA = /(^|[/_.])(val|valid|validation|test|eval)([/_.]|$)/i;
/** What only counts says how far a run is, not how well it does. */
const COUNTER = /(^|[/_.])(epoch|step|global_step|iteration|iter)s?$/i;

/** Metrics in the order in which they tell how well a run does: those of held-out data, then the others, then counters; those of the machine are left out. */
export function tellingFirst(keys: readonly string[]): readonly string[] {
  const rank = (key: string): number => (OF_HELD_OUT_DATA.test(key) ? 0 : COUNTER.test(key) ? 2 : 1);
  return keys.filter((key) => !key.startsWith(SYSTEM_PREFIX)).toSorted((a, b) => rank(a) - rank(b));
}
