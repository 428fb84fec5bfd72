import { meantBy, type ChangeKind, type Makeup } from './fingerprint.ts';

const ITEMS_NAMED = 3;
/** Where fewer do not tell a variant apart. */
const MOST_ITEMS = 5;
const LONGEST_VALUE = 24;
/** What people choose by hand comes first. */
const IN_ORDER = ['CONFIG', 'CODE', 'DATA', 'ENVIRONMENT'] as const satisfies readonly ChangeKind[];

/** Something in which variants differ, with what each of them has, in their order: as it is written, and by what it says. */
interface Item { readonly kind: ChangeKind; readonly name: string; readonly values: readonly (string | undefined)[]; readonly meant: readonly (string | undefined)[] }

/**
 * Short names that tell the variants of an experiment apart, in the order given. Each names the items that set this variant apart from all the others ("mixup=0.2"), then
 * others in which variants differ, three in all unless more are needed; no two are equal. A single variant is named by its first params.
 */
export function variantLabels(makeups: readonly Makeup[]): string[] {
  const meant = makeups.map(meantBy);
  const telling = IN_ORDER.flatMap((kind) => tellingItems(kind, makeups, meant));
  if (telling.length === 0) return numbered(makeups.map(firstParams));
  return numbered(makeups.map((_, at) => {
    const apart = settingApart(telling, at);
    const named = new Set([...apart, ...telling.filter((item) => !apart.includes(item)).slice(0, Math.max(0, ITEMS_NAMED - apart.length))]);
    const rest = telling.length - named.size;
    return telling.filter((item) => named.has(item)).map((item) => said(item, at)).join(' ') + (rest > 0 ? ` and ${rest} more` : '');
  }));
}

function tellingItems(kind: ChangeKind, makeups: readonly Makeup[], meant: readonly Makeup[]): Item[] {
  const names = [...new Set(makeups.flatMap((makeup) => [...makeup[kind].keys()]))].toSorted();
  const of = (sides: readonly Makeup[], name: string): (string | undefined)[] => sides.map((side) => side[kind].get(name));
  return names.map((name) => ({ kind, name, values: of(makeups, name), meant: of(meant, name) })).filter((item) => new Set(item.meant).size > 1);
}

/** Greedily, the item that fewest others share the value of, until nobody shares all of them. */
function settingApart(items: readonly Item[], at: number): Item[] {
  const chosen: Item[] = [];
  let alike = items[0]?.values.map((_, other) => other).filter((other) => other !== at) ?? [];
  while (alike.length > 0 && chosen.length < MOST_ITEMS) {
    let best: { readonly item: Item; readonly left: number[] } | null = null;
    for (const item of items) {
      const left = alike.filter((other) => item.meant[other] === item.meant[at]);
      if (left.length < (best?.left.length ?? alike.length)) best = { item, left };
    }
    if (best === null) break;
    chosen.push(best.item);
    alike = best.left;
  }
  return chosen;
}

const firstParams = (makeup: Makeup): string => [...makeup.CONFIG].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, ITEMS_NAMED).map(([name, value]) => `${name}=${shortened(value)}`).join(' ') || 'no params';

function said({ kind, name, values }: Item, at: number): string {
  const value = values[at];
  if (value === undefined) return `no ${name}`;
  if (kind === 'CODE') return `${name} ${name === 'commit' ? value.slice(0, 8) : shortened(value)}`;
  if (kind === 'ENVIRONMENT') return `${name} ${shortened(value)}`;
  return `${name}=${kind === 'DATA' ? value.slice(0, 8) : shortened(value)}`;
}

/** What was shortened may be equal: the second of a name says so. */
function numbered(labels: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return labels.map((label) => {
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return times === 1 ? label : `${label} (${times})`;
  });
}

const shortened = (value: string): string => (value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE - 1)}…` : value);
