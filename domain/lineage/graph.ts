/** What a lineage is made of. */
export const LINEAGE_KINDS = ['HYPOTHESIS', 'EXPERIMENT', 'RUN', 'DATASET', 'CODE', 'ARTIFACT', 'MODEL'] as const;
export type LineageKind = (typeof LINEAGE_KINDS)[number];

/** How one thing came of another; each is read from what was there first: a hypothesis is TESTED_BY an experiment, which LED_TO another and RAN a run; a dataset is READ_BY a run, … */
export const LINEAGE_EDGE_KINDS = ['TESTED_BY', 'LED_TO', 'RAN', 'STARTED', 'READ_BY', 'CODE_OF', 'MADE', 'REGISTERED_AS', 'THROUGH'] as const;
export type LineageEdgeKind = (typeof LINEAGE_EDGE_KINDS)[number];

/** A verdict as far as a graph speaks of it. The effect is turned: above zero is better. */
export interface Finding {
  readonly outcome: 'SUPPORTED' | 'REFUTED' | 'EQUIVALENT' | 'INCONCLUSIVE';
  readonly metric: string;
  readonly effect: number | null;
  /** 95 %; null with fewer than two repeats on a side. */
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
  readonly baselineRuns: number;
  readonly treatmentRuns: number;
  /** The variant that it speaks of. */
  readonly treatmentId: string | null;
}

export interface LineageNode {
  readonly id: string;
  readonly kind: LineageKind;
  readonly label: string;
  /** When it came to be, in milliseconds since 1970. */
  readonly at: number;
  /** How many things it stands for: the runs of a variant, siblings that were folded. */
  readonly count: number;
  /** What else there is to say in a few words: a hypothesis' status, a variant's role, a digest. */
  readonly detail: string | null;
  /** Key of the experiment that it is, or that it belongs to. */
  readonly key: string | null;
  /** Of a node for one run, its id; of code, that of the newest run of it. */
  readonly run: string | null;
  /** Of an experiment, its verdict. */
  readonly finding: Finding | null;
  /** Parents that this viewer may not see. */
  readonly hiddenParents: number;
}

export interface LineageEdge { readonly from: string; readonly to: string; readonly kind: LineageEdgeKind }

export interface LineageGraph {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  /** Whether there is more than was read, or than may be answered. */
  readonly cut: boolean;
}

/** Most nodes in one answer. */
export const MOST_NODES = 10_000;

type Steps = ReadonlyMap<string, readonly string[]>;

/** For each node, where its edges lead: forth to what came of it, back to what it came from. */
export function stepsOf(edges: readonly LineageEdge[]): { readonly forth: Steps; readonly back: Steps } {
  const [forth, back] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const put = (steps: Map<string, string[]>, at: string, other: string): void => {
    const known = steps.get(at);
    if (known) known.push(other);
    else steps.set(at, [other]);
  };
  for (const { from, to } of edges) {
    put(forth, from, to);
    put(back, to, from);
  }
  return { forth, back };
}

/** Everything that can be reached in at most `depth` steps, without where one began. Cycles end it as any other end does. */
function reach(steps: Steps, from: string, depth: number): ReadonlySet<string> {
  const seen = new Set([from]);
  let front: readonly string[] = [from];
  for (let step = 0; step < depth && front.length > 0; step += 1) {
    const next = new Set(front.flatMap((id) => steps.get(id) ?? []).filter((id) => !seen.has(id)));
    for (const id of next) seen.add(id);
    front = [...next];
  }
  seen.delete(from);
  return seen;
}

/** What a node came from, at most `depth` steps back. */
export const ancestorsOf = ({ edges }: Pick<LineageGraph, 'edges'>, id: string, depth = Number.POSITIVE_INFINITY): ReadonlySet<string> => reach(stepsOf(edges).back, id, depth);

/** What came of a node, at most `depth` steps on. */
export const descendantsOf = ({ edges }: Pick<LineageGraph, 'edges'>, id: string, depth = Number.POSITIVE_INFINITY): ReadonlySet<string> => reach(stepsOf(edges).forth, id, depth);

/** The graph without nodes that are not kept, and without the edges that would lead nowhere. */
export function only(graph: LineageGraph, keep: (node: LineageNode) => boolean): LineageGraph {
  const nodes = graph.nodes.filter(keep);
  const ids = new Set(nodes.map(({ id }) => id));
  return { ...graph, nodes, edges: graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

/** Without them, what came of a node would be told without what it was made of. */
const INGREDIENTS: ReadonlySet<LineageKind> = new Set(['HYPOTHESIS', 'DATASET', 'CODE', 'MODEL']);

/** A node with its ancestors and descendants, and what those descendants were made of. */
export function around(graph: LineageGraph, id: string, depth: number): LineageGraph {
  const down = descendantsOf(graph, id, depth);
  const kept = new Set([id, ...ancestorsOf(graph, id, depth), ...down]);
  const kinds = new Map(graph.nodes.map((node) => [node.id, node.kind]));
  for (const { from, to } of graph.edges) {
    const kind = kinds.get(from);
    if ((to === id || down.has(to)) && kind !== undefined && INGREDIENTS.has(kind)) kept.add(from);
  }
  return only(graph, (node) => kept.has(node.id));
}

/** The graph as it was at a moment: what was there by then. That edges have no moment of their own makes them as old as the younger of their ends. */
export const asOf = (graph: LineageGraph, moment: number): LineageGraph => only(graph, ({ at }) => at <= moment);

/** Who is asked for less than everything gets the rest joined through what is left out: a dataset leads to the model that a run made of it, also where no runs are shown. */
export function ofKinds(graph: LineageGraph, kinds: ReadonlySet<LineageKind>): LineageGraph {
  if (graph.nodes.every(({ kind }) => kinds.has(kind))) return graph;
  const left = only(graph, ({ kind }) => kinds.has(kind));
  const kept = new Set(left.nodes.map(({ id }) => id));
  const { forth } = stepsOf(graph.edges);
  const known = new Set(left.edges.map(({ from, to }) => `${from} ${to}`));
  const through: LineageEdge[] = [];
  for (const { id } of left.nodes) for (const to of throughLeftOut(forth, id, kept)) {
    if (known.has(`${id} ${to}`)) continue;
    known.add(`${id} ${to}`);
    through.push({ from: id, to, kind: 'THROUGH' });
    if (left.edges.length + through.length >= MOST_EDGES) return { ...left, edges: [...left.edges, ...through], cut: true };
  }
  return { ...left, edges: [...left.edges, ...through] };
}

const MOST_EDGES = 4 * MOST_NODES;

/** Kept nodes that are reached by at least one step through a node that is not. */
function throughLeftOut(forth: Steps, from: string, kept: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = (forth.get(from) ?? []).filter((id) => !kept.has(id));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const to of forth.get(id) ?? []) if (kept.has(to)) found.add(to);
    else open.push(to);
  }
  found.delete(from);
  return found;
}

/** What is kept where there is no room for all: what was asked and tried, then what it was made of, then single runs and files. */
const WEIGHT: Readonly<Record<LineageKind, number>> = { EXPERIMENT: 0, HYPOTHESIS: 1, MODEL: 2, DATASET: 3, CODE: 4, RUN: 5, ARTIFACT: 6 };

/** At most so many nodes: of the kinds that say most, the newest. */
export function bounded(graph: LineageGraph, most = MOST_NODES): LineageGraph {
  if (graph.nodes.length <= most) return graph;
  const kept = new Set(graph.nodes.toSorted((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind] || b.at - a.at || (a.id < b.id ? -1 : 1)).slice(0, most).map(({ id }) => id));
  return { ...only(graph, ({ id }) => kept.has(id)), cut: true };
}
