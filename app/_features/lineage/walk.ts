import type { LineageDrawing } from '../../_charts/draw-lineage.ts';

export type Way = 'forth' | 'back' | 'up' | 'down';

/** The node that an arrow leads to: forth and back along edges, to the end nearest in height; up and down to the next in the same column. Stays where there is none. From nowhere it begins at the first. */
export function nextNode({ layout, links, marks }: Pick<LineageDrawing, 'layout' | 'links' | 'marks'>, from: number, way: Way): number {
  if (from < 0) return marks.length > 0 ? topLeft(layout) : -1;
  const height = (node: number): number => layout.y[node] ?? 0;
  if (way === 'forth' || way === 'back') {
    const [here, there] = way === 'forth' ? [links.from, links.to] : [links.to, links.from];
    const ends = here.flatMap((node, place) => (node === from ? [there[place] ?? from] : []));
    return nearest(ends, from, (node) => Math.abs(height(node) - height(from)));
  }
  const sign = way === 'down' ? 1 : -1;
  const ahead = marks.flatMap((_, node) => (node !== from && layout.x[node] === layout.x[from] && sign * (height(node) - height(from)) > 0 ? [node] : []));
  return nearest(ahead, from, (node) => sign * (height(node) - height(from)));
}

function nearest(nodes: readonly number[], otherwise: number, far: (node: number) => number): number {
  return nodes.reduce((best, node) => (best === otherwise || far(node) < far(best) ? node : best), otherwise);
}

function topLeft({ x, y }: LineageDrawing['layout']): number {
  let first = 0;
  for (let node = 1; node < x.length; node += 1) if ((x[node] ?? 0) < (x[first] ?? 0) || (x[node] === x[first] && (y[node] ?? 0) < (y[first] ?? 0))) first = node;
  return first;
}
