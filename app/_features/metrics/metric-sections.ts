export interface MetricSection {
  readonly name: string;
  readonly keys: readonly string[];
}

const UNNAMED = 'Metrics';
const SYSTEM = 'system';
const byName = new Intl.Collator('en', { numeric: true }).compare;

/** The section a metric belongs to: what stands before its first slash. */
export function sectionOf(key: string): string {
  const slash = key.indexOf('/');
  return slash > 0 ? key.slice(0, slash) : UNNAMED;
}

/** Metrics grouped by what stands before the first slash; those without one come first, what the machine reports about itself last. */
export function metricSections(keys: readonly string[]): MetricSection[] {
  const rank = (name: string): number => (name === UNNAMED ? 0 : name === SYSTEM ? 2 : 1);
  return [...Map.groupBy(keys.toSorted(byName), sectionOf)]
    .map(([name, group]) => ({ name, keys: group }))
    .toSorted((a, b) => rank(a.name) - rank(b.name) || byName(a.name, b.name));
}
