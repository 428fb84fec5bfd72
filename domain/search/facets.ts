// What was found, counted by what it is, and narrowed to what somebody chose.

export const FACETS = ['kind', 'project', 'verdict', 'status', 'owner', 'when'] as const;
export type Facet = (typeof FACETS)[number];

/** What of a found thing can be chosen by; null where it has none. */
export type Faceted = Readonly<Record<Exclude<Facet, 'when'>, string | null>> & {
  /** Epoch milliseconds of its last change. */
  readonly changedAt: number;
};
/** Values of a facet, of which a thing must have one; facets that are not named leave everything. */
export type FacetChoice = ReadonlyMap<Facet, ReadonlySet<string>>;
export interface FacetValue { readonly value: string; readonly count: number }
export interface FacetCounts { readonly facet: Facet; readonly values: readonly FacetValue[] }

const A_DAY = 86_400_000;
/** Each holds what the shorter ones do not. */
const AGES: readonly (readonly [value: string, days: number])[] = [['week', 7], ['month', 30], ['year', 365], ['older', Infinity]];
export const AGE_VALUES: readonly string[] = AGES.map(([value]) => value);
/** Most values of a facet that are told, the most frequent ones. */
const MOST_VALUES = 20;

const valueOf = (facet: Facet, of: Faceted, now: number): string | null => (facet === 'when' ? AGES.find(([, days]) => now - of.changedAt <= days * A_DAY)?.[0] ?? null : of[facet]);

/**
 * Keeps what was chosen, and counts what could be chosen: for each facet among what all the other choices leave, so that a number says how many there will be.
 * Values by their count, then their name; ages from new to old; a value that was chosen is told even where nothing has it any more.
 */
export function choose<Found extends Faceted>(found: readonly Found[], choice: FacetChoice, now: number): { readonly kept: readonly Found[]; readonly counts: readonly FacetCounts[] } {
  const passes = (each: Found, facet: Facet): boolean => {
    const wanted = choice.get(facet);
    if (!wanted || wanted.size === 0) return true;
    const value = valueOf(facet, each, now);
    return value !== null && wanted.has(value);
  };
  const counts = FACETS.map((facet) => {
    const others = found.filter((each) => FACETS.every((other) => other === facet || passes(each, other)));
    return { facet, values: counted(facet, others.map((each) => valueOf(facet, each, now)), choice.get(facet)) };
  });
  return { kept: found.filter((each) => FACETS.every((facet) => passes(each, facet))), counts };
}

function counted(facet: Facet, values: readonly (string | null)[], chosen: ReadonlySet<string> = new Set()): readonly FacetValue[] {
  const counts = new Map<string, number>(Array.from(chosen, (value) => [value, 0]));
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const all = [...counts].map(([value, count]) => ({ value, count }));
  if (facet === 'when') return all.toSorted((a, b) => AGE_VALUES.indexOf(a.value) - AGE_VALUES.indexOf(b.value));
  return all.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).filter(({ value }, at) => at < MOST_VALUES || chosen.has(value));
}
