export interface MetricSection {
  readonly name: string;
  readonly keys: readonly string[];
}

const UNNAMED = 'Metrics';
const SYSTEM = 'system';

/** Metrics grouped by what stands before the first slash; those without one come first, what the machine reports about itself last. */
export function metricSections(keys: readonly string[]): MetricSection[] {
  const groups = new Map<string, string[]>();
  for (const key of keys.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))) {
    const slash = key.indexOf('/');
    const name = slash > 0 ? key.slice(0, slash) : UNNAMED;
    groups.set(name, [...(groups.get(name) ?? []), key]);
  }
  const rank = (name: string): number => (name === UNNAMED ? 0 : name === SYSTEM ? 2 : 1);
  return [...groups].map(([name, group]) => ({ name, keys: group })).toSorted((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** Keys whose name holds every word typed, whatever the case. */
export function matchingKeys(keys: readonly string[], text: string): string[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return keys.filter((key) => words.every((word) => key.toLowerCase().includes(word)));
}
