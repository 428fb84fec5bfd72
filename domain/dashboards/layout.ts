import { COLUMNS, ROWS, type Panel, type PanelKind } from './panel.ts';

const within = (value: number, most: number): number => Math.min(most, Math.max(1, value));

/** The panel at another place in the order; places beyond the ends are the ends. */
export function movePanel(panels: readonly Panel[], id: string, to: number): readonly Panel[] {
  const moved = panels.find((panel) => panel.id === id);
  if (!moved) return panels;
  const others = panels.filter((panel) => panel !== moved);
  return others.toSpliced(Math.min(others.length, Math.max(0, to)), 0, moved);
}

/** So many columns and rows larger or smaller, within what a panel may be. */
export function resizePanel(panels: readonly Panel[], id: string, by: { readonly columns: number; readonly rows: number }): readonly Panel[] {
  return panels.map((panel) => (panel.id === id ? { ...panel, width: within(panel.width + by.columns, COLUMNS), height: within(panel.height + by.rows, ROWS) } : panel));
}

/** Another panel of a kind at the end, with the smallest number that its kind has free. */
export function addPanel(panels: readonly Panel[], kind: PanelKind): readonly Panel[] {
  const taken = new Set(panels.map(({ id }) => id));
  let id = kind.toLowerCase();
  for (let n = 2; taken.has(id); n += 1) id = `${kind.toLowerCase()}-${n}`;
  return [...panels, { id, kind, metric: null, direction: null, width: 2, height: 1 }];
}

export const removePanel = (panels: readonly Panel[], id: string): readonly Panel[] => panels.filter((panel) => panel.id !== id);
