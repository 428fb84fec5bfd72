import { stepsOf, type LineageEdge, type LineageGraph, type LineageNode } from './graph.ts';

/** More leaves of a kind than this beside each other are one node. */
export const MOST_SIBLINGS = 12;

/**
 * Leaves of one kind that hang on the same single node, beyond a number, become one node that says how many they are. Those that stay are the newest.
 * Experiments and hypotheses are never folded: they are what one reads the graph for.
 */
export function foldSiblings(graph: LineageGraph, most = MOST_SIBLINGS): LineageGraph {
  const insteadOf = new Map<string, LineageNode>();
  for (const [group, siblings] of Map.groupBy(graph.nodes, siblingsOf(graph))) {
    if (group === null || siblings.length <= most) continue;
    const folded = siblings.toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1)).slice(most - 1);
    const node = foldedNode(group, folded);
    for (const { id } of folded) insteadOf.set(id, node);
  }
  return insteadOf.size === 0 ? graph : withInstead(graph, insteadOf);
}

/** Names the group of leaves that a node belongs to; null for what leads on, and for what is never folded. */
function siblingsOf({ edges }: LineageGraph): (node: LineageNode) => string | null {
  const { forth, back } = stepsOf(edges);
  return ({ id, kind }) => {
    if (kind === 'EXPERIMENT' || kind === 'HYPOTHESIS') return null;
    const [on, before] = [forth.get(id) ?? [], back.get(id) ?? []];
    const [only, another] = new Set([...on, ...before]);
    return only === undefined || another !== undefined ? null : `${kind} ${only} ${on.length > 0 ? 'into' : 'of'}`;
  };
}

function foldedNode(group: string, folded: readonly LineageNode[]): LineageNode {
  const [first] = folded;
  const count = folded.reduce((sum, node) => sum + node.count, 0);
  const at = folded.reduce((oldest, node) => Math.min(oldest, node.at), Number.POSITIVE_INFINITY);
  return { id: `folded ${group}`, kind: first?.kind ?? 'RUN', label: `${count} more`, at, count, detail: null, key: first?.key ?? null, run: null, finding: null, hiddenParents: 0 };
}

function withInstead(graph: LineageGraph, insteadOf: ReadonlyMap<string, LineageNode>): LineageGraph {
  const edges = new Map<string, LineageEdge>();
  for (const { from, to, kind } of graph.edges) {
    const edge = { from: insteadOf.get(from)?.id ?? from, to: insteadOf.get(to)?.id ?? to, kind };
    edges.set(`${edge.from} ${edge.to} ${kind}`, edge);
  }
  return { ...graph, nodes: [...graph.nodes.filter(({ id }) => !insteadOf.has(id)), ...new Set(insteadOf.values())], edges: [...edges.values()] };
}
