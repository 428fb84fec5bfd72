import { expect, test } from 'vitest';
import { nodeAt, worldX, worldY, type LineageDrawing } from './draw-lineage.ts';
import { layoutLineage, type LineageLinks } from './lineage-layout.ts';

const links = (...pairs: readonly (readonly [number, number])[]): LineageLinks => ({ from: pairs.map(([from]) => from), to: pairs.map(([, to]) => to) });
const at = (values: Float64Array, place: number): number => values[place] ?? Number.NaN;

/** As a project grows: chains of experiments, runs with data and code, models. */
function grown(count: number): LineageLinks {
  const pairs: [number, number][] = [];
  for (let node = 1; node < count; node += 1) {
    pairs.push([(node * 7919) % node, node]);
    if (node % 3 === 0) pairs.push([(node * 104_729) % node, node]);
  }
  return links(...pairs);
}

test('what came later stands farther right', () => {
  const { x } = layoutLineage(4, links([0, 1], [1, 2], [0, 2], [2, 3]));
  expect([0, 1, 2, 3].map((node) => at(x, node))).toEqual([0, 2, 4, 6]);
});

test('a source stands just before what came of it', () => {
  const { x } = layoutLineage(5, links([0, 1], [1, 2], [2, 3], [4, 3]));
  expect(at(x, 4)).toBe(at(x, 2));
});

test('edges that close a circle, lead to themselves or to nowhere do not disturb', () => {
  const { x } = layoutLineage(3, links([0, 1], [1, 2], [2, 0], [1, 1], [0, 7], [-1, 2]));
  expect([0, 1, 2].map((node) => at(x, node))).toEqual([0, 2, 4]);
  expect(layoutLineage(0, links())).toMatchObject({ width: 0, height: 0 });
});

test('two chains that could cross do not', () => {
  // 0 → 3 and 1 → 2, in an order that would cross.
  const { y } = layoutLineage(4, links([0, 3], [1, 2]));
  expect(Math.sign(at(y, 0) - at(y, 1))).toBe(Math.sign(at(y, 3) - at(y, 2)));
});

test('ten thousand nodes, wide or deep, never overlap, and are laid out the same each time', () => {
  const wide = grown(10_000);
  const layout = layoutLineage(10_000, wide);
  expect(layoutLineage(10_000, wide)).toEqual(layout);
  const columns = new Map<number, number[]>();
  layout.x.forEach((x, node) => columns.set(x, [...(columns.get(x) ?? []), at(layout.y, node)]));
  for (const rows of columns.values()) {
    const inOrder = rows.toSorted((a, b) => a - b);
    for (let row = 1; row < inOrder.length; row += 1) expect((inOrder[row] ?? 0) - (inOrder[row - 1] ?? 0)).toBeGreaterThan(0.999);
  }
  expect(wide.from.every((from, place) => at(layout.x, from) < at(layout.x, wide.to[place] ?? 0))).toBe(true);
  const deep = layoutLineage(10_000, links(...Array.from({ length: 9_999 }, (_, node) => [node, node + 1] as const)));
  expect([deep.width, deep.height]).toEqual([19_999, 1]);
});

test('a press finds the node or the label under it, and nothing where nothing is', () => {
  const layout = layoutLineage(2, links([0, 1]));
  const marks = [0, 1].map(() => ({ token: '--ink', shape: 'circle' as const, hollow: false, label: 'label' }));
  const drawing: LineageDrawing = { layout, links: links([0, 1]), marks, path: [] };
  const view = { k: 1, x: 0, y: 0 };
  const spot = (node: number) => ({ x: worldX(layout, node), y: worldY(layout, node) });
  expect(nodeAt(drawing, view, spot(1))).toBe(1);
  expect(nodeAt(drawing, view, { ...spot(0), x: spot(0).x + 80 })).toBe(0);
  expect(nodeAt(drawing, { ...view, k: 0.1 }, { x: 80, y: 80 })).toBe(-1);
});
