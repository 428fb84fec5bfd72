import type { ChartOverride } from '../../_charts/chart-view.ts';
import { overrideText } from '../../_charts/chart-view.ts';
import type { GridPanel, PanelSection } from './grid-panels.ts';
import type { GridView } from './grid-view.ts';

const without = (names: readonly string[], name: string): string[] => names.filter((one) => one !== name);
const toggled = (names: readonly string[], name: string): string[] => (names.includes(name) ? without(names, name) : [...names, name]);

export const pinToggled = (view: GridView, id: string): GridView => ({ ...view, pinned: toggled(view.pinned, id) });
export const wideToggled = (view: GridView, id: string): GridView => ({ ...view, wide: toggled(view.wide, id) });
export const foldToggled = (view: GridView, section: string): GridView => ({ ...view, closed: toggled(view.closed, section) });

/** A chart put before another one, or at the end. In the pinned section it is pinned there; elsewhere it stays among its own prefix. */
export function placedBefore(view: GridView, id: string, before: string | null): GridView {
  if (id === before) return view;
  const intoPinned = before !== null && view.pinned.includes(before);
  if (intoPinned || (before === null && view.pinned.includes(id))) {
    const others = without(view.pinned, id);
    const at = before === null ? others.length : others.indexOf(before);
    return { ...view, pinned: [...others.slice(0, at), id, ...others.slice(at)] };
  }
  return { ...view, pinned: without(view.pinned, id), moves: [...view.moves.filter(({ key }) => key !== id), { key: id, before }] };
}

/** A chart one place earlier (−1) or later (+1) among those that are shown; at the end of its section it stays. */
export function stepped(view: GridView, section: PanelSection, id: string, by: -1 | 1): GridView {
  const ids = section.panels.map((panel) => panel.id);
  const at = ids.indexOf(id);
  if (at < 0 || at + by < 0 || at + by >= ids.length) return view;
  const before = by < 0 ? ids[at - 1] : ids[at + 2];
  return placedBefore(view, id, before ?? null);
}

/** One chart, with all its metrics, put into another. */
export function overlaid(view: GridView, host: GridPanel, guest: GridPanel): GridView {
  if (host.id === guest.id) return view;
  const group = [...host.keys, ...guest.keys.filter((key) => !host.keys.includes(key))];
  return {
    ...view,
    overlays: [...view.overlays.filter(([own]) => own !== host.id && own !== guest.id), group],
    pinned: without(view.pinned, guest.id),
    wide: without(view.wide, guest.id),
  };
}

/** A metric taken out of a chart that it was put into: it has one of its own again. */
export function takenOut(view: GridView, host: string, key: string): GridView {
  return { ...view, overlays: view.overlays.map((group) => (group[0] === host ? without(group, key) : group)).filter((group) => group.length > 1) };
}

/** A chart drawn otherwise than the rest; what it does like the rest is forgotten. */
export function withOverride(view: GridView, id: string, change: ChartOverride): GridView {
  const own = new Map(view.own);
  const next = { ...own.get(id), ...change };
  if (overrideText(next) === null) own.delete(id);
  else own.set(id, next);
  return { ...view, own };
}

export function withoutOverride(view: GridView, id: string): GridView {
  return { ...view, own: new Map([...view.own].filter(([key]) => key !== id)) };
}

/** Where a chart lands that is dropped on another: at its left edge, at its right edge, or into it. */
export function dropPlace(share: number): 'before' | 'into' | 'after' {
  return share < 0.25 ? 'before' : share > 0.75 ? 'after' : 'into';
}
