import { LINEAGE_KINDS, type LineageKind } from '../../../domain/lineage/graph.ts';

/** What the address of a lineage page says. */
export interface LineageView {
  readonly kinds: readonly LineageKind[];
  /** A day, as 2026-11-30: the lineage as it was at its end; null for now. */
  readonly until: string | null;
  readonly collapse: boolean;
  /** The one thing whose ancestors and descendants are shown; null for all. */
  readonly of: string | null;
  /** The chosen node. */
  readonly node: string | null;
  readonly as: 'graph' | 'list';
}

/** Files are many and say little. */
export const USUAL_KINDS: readonly LineageKind[] = LINEAGE_KINDS.filter((kind) => kind !== 'ARTIFACT');

export function viewFrom(params: { get(name: string): string | null }): LineageView {
  const named = (params.get('kinds') ?? '').toUpperCase().split(',');
  const kinds = LINEAGE_KINDS.filter((kind) => named.includes(kind));
  const day = params.get('until') ?? '';
  return {
    kinds: kinds.length === 0 ? USUAL_KINDS : kinds,
    until: /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null,
    collapse: params.get('runs') !== 'each',
    of: params.get('of'),
    node: params.get('node'),
    as: params.get('as') === 'list' ? 'list' : 'graph',
  };
}

/** The kinds as the address keeps them; null for the usual ones. */
export function kindsParam(kinds: readonly LineageKind[]): string | null {
  const chosen = LINEAGE_KINDS.filter((kind) => kinds.includes(kind));
  return chosen.length === 0 || chosen.join() === USUAL_KINDS.join() ? null : chosen.join(',').toLowerCase();
}

/** The end of that day where the reader is. */
export const endOfDay = (day: string): string => new Date(`${day}T23:59:59.999`).toISOString();
