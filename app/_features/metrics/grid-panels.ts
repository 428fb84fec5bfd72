import type { GridView, Move } from './grid-view.ts';
import { metricSections } from './metric-sections.ts';

/** One chart of a grid: its own metric, and those that were put into it. */
export interface GridPanel {
  readonly id: string;
  readonly keys: readonly string[];
}

export interface PanelSection {
  readonly name: string;
  readonly panels: readonly GridPanel[];
  readonly pinned: boolean;
  readonly open: boolean;
}

export const PINNED = 'Pinned';

/** The charts of a grid in their sections: pinned ones first, each in its place, those in another chart not again, and only what a search matches. */
export function gridPanels(keys: readonly string[], view: GridView, matches: (key: string) => boolean): PanelSection[] {
  const known = new Set(keys);
  const hosted = new Map(view.overlays.filter(([host]) => host !== undefined && known.has(host)).map((group) => [group[0] ?? '', group.filter((key) => known.has(key))]));
  const guests = new Set([...hosted.values()].flatMap((group) => group.slice(1)));
  const panelOf = (id: string): GridPanel => ({ id, keys: hosted.get(id) ?? [id] });
  const shown = (panel: GridPanel): boolean => panel.keys.some(matches);
  const pinned = view.pinned.filter((id) => known.has(id) && !guests.has(id));
  const pinnedSet = new Set(pinned);
  const rest = keys.filter((key) => !guests.has(key) && !pinnedSet.has(key));
  const section = (name: string, ids: readonly string[], isPinned: boolean): PanelSection => ({ name, panels: ids.map(panelOf).filter(shown), pinned: isPinned, open: !view.closed.includes(name) });
  return [
    section(PINNED, pinned, true),
    ...metricSections(rest).map(({ name, keys: own }) => section(name, moved(own, view.moves), false)),
  ].filter(({ panels }) => panels.length > 0);
}

/** The metrics of a section with some put elsewhere; a move that names a stranger changes nothing. */
export function moved(keys: readonly string[], moves: readonly Move[]): readonly string[] {
  let order = keys;
  for (const { key, before } of moves) {
    if (!keys.includes(key) || key === before || (before !== null && !keys.includes(before))) continue;
    const others = order.filter((one) => one !== key);
    const at = before === null ? others.length : others.indexOf(before);
    order = [...others.slice(0, at), key, ...others.slice(at)];
  }
  return order;
}
