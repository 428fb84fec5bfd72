/** What stood at an anchor: kept as it was when the thread was started, and read again to say whether it is still so. */
export type Seen =
  | { readonly kind: 'verdict'; readonly outcome: string | null; readonly metric: string | null; readonly effect: number | null; readonly ciLow: number | null; readonly ciHigh: number | null }
  /** What a chart was drawn from: a run's own mark, or the digest of an experiment's evidence. */
  | { readonly kind: 'data'; readonly mark: string }
  | { readonly kind: 'value'; readonly value: string | null }
  | { readonly kind: 'values'; readonly values: readonly (string | null)[] }
  | { readonly kind: 'file'; readonly sha256: string; readonly size: number }
  | { readonly kind: 'quote'; readonly quote: string };

/** Whether what stands there now is something else. Nothing to compare with has not moved. */
export function movedOn(seen: Seen | null, now: Seen | null): boolean {
  if (seen === null) return false;
  return now === null || JSON.stringify(seen, ordered(seen)) !== JSON.stringify(now, ordered(now));
}

/** Records come back with their fields in another order. */
const ordered = (seen: Seen): string[] => Object.keys(seen).toSorted();

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(Number(value.toPrecision(3)))}`;

function verdictText({ outcome, effect, ciLow, ciHigh }: Extract<Seen, { kind: 'verdict' }>): string {
  if (outcome === null) return 'no verdict yet';
  const interval = ciLow === null || ciHigh === null ? '' : ` [${signed(ciLow)}, ${signed(ciHigh)}]`;
  return effect === null ? outcome.toLowerCase() : `${outcome.toLowerCase()}, ${signed(effect)}${interval}`;
}

/** In words, for a reader; null where a drawing or a quote says it. */
export function seenText(seen: Seen | null): string | null {
  switch (seen?.kind) {
    case undefined: return null;
    case 'verdict': return verdictText(seen);
    case 'value': return seen.value ?? 'unset';
    case 'values': return seen.values.map((value) => value ?? 'unset').join(' · ');
    case 'file': return `${seen.size} bytes, ${seen.sha256.slice(0, 8)}`;
    case 'quote': return `“${seen.quote}”`;
    case 'data': return null;
  }
}
