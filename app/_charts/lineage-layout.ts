/** Where the nodes of a lineage stand: x grows from what came first to what came of it. In abstract units: one row is 1 high, one column 1 wide. */
export interface LineageLayout {
  /** Of node n: its column's place and its row's, in units. Parallel to the nodes. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Columns from it to the next in which something may stand. */
  readonly room: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Edges as places of nodes, two numbers each. */
export interface LineageLinks { readonly from: readonly number[]; readonly to: readonly number[] }

/** Sweeps over all layers, there and back; more find little (Gansner et al. 1993 stop at 24, with dummy nodes). */
const SWEEPS = 4;
/** A layer with more nodes than this is set in several columns: one of thousands would be a line that no screen shows. */
const LEAST_ROWS = 40;
/** Empty columns between layers, for their edges to be seen in. */
const GAP = 1;

interface Adjacency { readonly starts: Int32Array; readonly ends: Int32Array }

/**
 * A layered drawing (Sugiyama, Tagawa and Toda, IEEE Trans. SMC 11, 1981): longest-path layers, barycentre sweeps against crossings, and in narrow layers rows as near to a node's
 * neighbours as the order allows (pool adjacent violators, which is the least-squares answer). Without dummy nodes: long edges run as they may, and ten thousand nodes take tens of milliseconds.
 * Edges that would close a cycle are drawn and otherwise not heeded. The same graph always gives the same drawing.
 */
export function layoutLineage(count: number, links: LineageLinks): LineageLayout {
  const kept = withoutCycles(count, links);
  const [forth, back] = [adjacency(count, kept.from, kept.to), adjacency(count, kept.to, kept.from)];
  const layers = inLayers(count, forth, back);
  const order = reduceCrossings(layers, { count, forth, back });
  return coordinates(order, { count, forth, back });
}

/** Neighbours of each node, one after the other. */
function adjacency(count: number, from: readonly number[], to: readonly number[]): Adjacency {
  const starts = new Int32Array(count + 1);
  for (const node of from) starts[node + 1] = (starts[node + 1] ?? 0) + 1;
  for (let node = 0; node < count; node += 1) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
  const at = starts.slice();
  const ends = new Int32Array(from.length);
  from.forEach((node, place) => {
    const slot = at[node] ?? 0;
    ends[slot] = to[place] ?? 0;
    at[node] = slot + 1;
  });
  return { starts, ends };
}

const isPlace = (count: number, place: number | undefined): place is number => place !== undefined && place >= 0 && place < count;

/** The links without those that lead back to where a walk came from. */
function withoutCycles(count: number, links: LineageLinks): { from: number[]; to: number[] } {
  const all = { from: [] as number[], to: [] as number[] };
  links.from.forEach((from, place) => {
    const to = links.to[place];
    if (!isPlace(count, from) || !isPlace(count, to) || from === to) return;
    all.from.push(from);
    all.to.push(to);
  });
  const closing = closingLinks(count, adjacency(count, all.from, all.to));
  if (closing.size === 0) return all;
  const open = all.from.map((from, place) => !closing.has(from * count + (all.to[place] ?? 0)));
  return { from: all.from.filter((_, place) => open[place]), to: all.to.filter((_, place) => open[place]) };
}

/** Links from a node to one that is on the way to it, by a walk without recursion: lineages may be deep. */
function closingLinks(count: number, { starts, ends }: Adjacency): ReadonlySet<number> {
  const closing = new Set<number>();
  const state = new Uint8Array(count);
  const next = starts.slice();
  for (let root = 0; root < count; root += 1) {
    if (state[root] !== 0) continue;
    const path = [root];
    state[root] = 1;
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const slot = next[node] ?? 0;
      if (slot >= (starts[node + 1] ?? 0)) { state[node] = 2; path.pop(); continue; }
      next[node] = slot + 1;
      const to = ends[slot] ?? 0;
      if (state[to] === 1) closing.add(node * count + to);
      else if (state[to] === 0) { state[to] = 1; path.push(to); }
    }
  }
  return closing;
}

/** Each node one layer behind the last of what it came from; sources are then moved up to just before what first came of them, so that a dataset stands beside its runs. */
function inLayers(count: number, forth: Adjacency, back: Adjacency): number[][] {
  const waiting = Int32Array.from({ length: count }, (_, node) => (back.starts[node + 1] ?? 0) - (back.starts[node] ?? 0));
  const layer = new Int32Array(count);
  const ready: number[] = [];
  for (let node = 0; node < count; node += 1) if (waiting[node] === 0) ready.push(node);
  for (let at = 0; at < ready.length; at += 1) {
    const node = ready[at] ?? 0;
    each(forth, node, (to) => {
      layer[to] = Math.max(layer[to] ?? 0, (layer[node] ?? 0) + 1);
      waiting[to] = (waiting[to] ?? 0) - 1;
      if (waiting[to] === 0) ready.push(to);
    });
  }
  for (let node = 0; node < count; node += 1) if (back.starts[node + 1] === back.starts[node]) layer[node] = justBefore(forth, node, layer);
  const layers: number[][] = [];
  layer.forEach((place, node) => { (layers[place] ??= []).push(node); });
  return Array.from(layers, (nodes) => nodes ?? []).filter((nodes) => nodes.length > 0);
}

function justBefore(forth: Adjacency, node: number, layer: Int32Array): number {
  let first = Number.POSITIVE_INFINITY;
  each(forth, node, (to) => { first = Math.min(first, layer[to] ?? 0); });
  return Number.isFinite(first) ? Math.max(0, first - 1) : 0;
}

function each({ starts, ends }: Adjacency, node: number, visit: (other: number) => void): void {
  for (let slot = starts[node] ?? 0, end = starts[node + 1] ?? 0; slot < end; slot += 1) visit(ends[slot] ?? 0);
}

interface Linked { readonly count: number; readonly forth: Adjacency; readonly back: Adjacency }

/** Sorts each layer by where its neighbours stand, relative to their layers, over and over. Nodes without neighbours on that side keep their place. */
function reduceCrossings(layers: readonly (readonly number[])[], { count, forth, back }: Linked): number[][] {
  const order = layers.map((layer) => [...layer]);
  const place = new Float64Array(count);
  const key = new Float64Array(count);
  const settle = (layer: readonly number[]): void => layer.forEach((node, at) => { place[node] = (at + 0.5) / layer.length; });
  for (const layer of order) settle(layer);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const side = sweep % 2 === 0 ? back : forth;
    for (const layer of sweep % 2 === 0 ? order : order.toReversed()) {
      for (const node of layer) key[node] = meanOf(side, node, place) ?? place[node] ?? 0;
      layer.sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0) || (place[a] ?? 0) - (place[b] ?? 0));
      settle(layer);
    }
  }
  return order;
}

function meanOf(side: Adjacency, node: number, values: Float64Array): number | null {
  let [sum, n] = [0, 0];
  each(side, node, (other) => { sum += values[other] ?? 0; n += 1; });
  return n === 0 ? null : sum / n;
}

function coordinates(order: readonly (readonly number[])[], linked: Linked): LineageLayout {
  const { count } = linked;
  const [x, y, room] = [new Float64Array(count), new Float64Array(count), new Uint8Array(count)];
  const most = Math.max(LEAST_ROWS, Math.ceil(Math.sqrt(count)));
  let column = 0;
  for (const layer of order) {
    const columns = Math.ceil(layer.length / most);
    const rows = Math.ceil(layer.length / columns);
    layer.forEach((node, at) => {
      const inLayer = Math.floor(at / rows);
      x[node] = column + inLayer;
      room[node] = inLayer === columns - 1 ? 1 + GAP : 1;
      y[node] = (at % rows) - (rows - 1) / 2;
    });
    column += columns + GAP;
  }
  for (const side of [linked.back, linked.forth, linked.back]) {
    for (const layer of side === linked.back ? order : order.toReversed()) if (layer.length <= most) nearNeighbours(layer, side, y);
  }
  let [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of y) { top = Math.min(top, row); bottom = Math.max(bottom, row); }
  if (count > 0) for (let node = 0; node < count; node += 1) y[node] = (y[node] ?? 0) - top;
  return { x, y, room, width: Math.max(0, column - GAP), height: count === 0 ? 0 : bottom - top + 1 };
}

/** Rows at least 1 apart, in the order there is, with the least sum of squared distances from where the neighbours are: isotonic regression of the wish less the place. */
function nearNeighbours(layer: readonly number[], side: Adjacency, y: Float64Array): void {
  const blocks: { sum: number; n: number }[] = [];
  layer.forEach((node, at) => {
    let block = { sum: (meanOf(side, node, y) ?? y[node] ?? 0) - at, n: 1 };
    for (let before = blocks.at(-1); before && before.sum / before.n >= block.sum / block.n; before = blocks.at(-1)) {
      block = { sum: block.sum + before.sum, n: block.n + before.n };
      blocks.pop();
    }
    blocks.push(block);
  });
  let at = 0;
  for (const { sum, n } of blocks) for (let inside = 0; inside < n; inside += 1, at += 1) y[layer[at] ?? 0] = sum / n + at;
}
