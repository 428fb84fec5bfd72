import { CHANGE_KINDS, type ChangeKind, type Makeup } from './fingerprint.ts';

const MOST_ITEMS = 3;
const LONGEST_VALUE = 24;

/**
 * Short names that tell the variants of an experiment apart, in the order given: the items in which they differ ("mixup=0.2 lr=0.1").
 * A single variant is named by its first params.
 */
export function variantLabels(makeups: readonly Makeup[]): string[] {
  const telling = CHANGE_KINDS.flatMap((kind) => tellingNames(kind, makeups).map((name) => ({ kind, name })));
  return makeups.map((makeup) => {
    const items = telling.length > 0 ? telling : firstParams(makeup);
    const words = items.slice(0, MOST_ITEMS).map(({ kind, name }) => said(kind, name, makeup[kind].get(name)));
    const rest = items.length - words.length;
    return words.length === 0 ? 'no params' : words.join(' ') + (rest > 0 && telling.length > 0 ? ` and ${rest} more` : '');
  });
}

function tellingNames(kind: ChangeKind, makeups: readonly Makeup[]): string[] {
  const names = [...new Set(makeups.flatMap((makeup) => [...makeup[kind].keys()]))].toSorted();
  return names.filter((name) => new Set(makeups.map((makeup) => makeup[kind].get(name))).size > 1);
}

const firstParams = (makeup: Makeup) => [...makeup.CONFIG.keys()].toSorted().map((name) => ({ kind: 'CONFIG' as const, name }));

function said(kind: ChangeKind, name: string, value: string | undefined): string {
  if (value === undefined) return `no ${name}`;
  if (kind === 'CODE') return `${name} ${name === 'commit' ? value.slice(0, 8) : shortened(value)}`;
  if (kind === 'ENVIRONMENT') return `${name} ${shortened(value)}`;
  return `${name}=${kind === 'DATA' ? value.slice(0, 8) : shortened(value)}`;
}

const shortened = (value: string): string => (value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE - 1)}…` : value);
