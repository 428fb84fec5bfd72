import { figuresFor } from '../experiments/wording.ts';
import type { Finding, LineageGraph, LineageNode } from './graph.ts';

/** One experiment on the way to the best result, with what its own verdict says it gained. */
export interface PathStep {
  readonly node: LineageNode;
  readonly finding: Finding | null;
  /** What it gained, in one sentence. */
  readonly words: string;
}

export interface BestPath {
  readonly metric: string;
  readonly direction: 'INCREASE' | 'DECREASE';
  /** From where it began to the best; never empty. */
  readonly steps: readonly PathStep[];
  /** Of the other ways that lead there: how many experiments stand beside this one with more than one parent. */
  readonly forks: number;
  /** Ids of models that the best treatment's runs made. */
  readonly models: readonly string[];
}

interface Way { readonly gains: number; readonly length: number; readonly parent: string | null }

/**
 * The way that led to an experiment: of several parents the one whose own way holds most gains on the metric, then the longer way, then the newer parent.
 * The gain at a step is what its verdict found against its own baseline. Steps are not added up: each compares with a baseline of its own.
 */
export function bestPath(graph: LineageGraph, best: string, { metric, direction }: Pick<BestPath, 'metric' | 'direction'>): BestPath | null {
  const experiments = new Map(graph.nodes.filter(({ kind }) => kind === 'EXPERIMENT').map((node) => [node.id, node]));
  const end = experiments.get(best);
  if (!end) return null;
  const parents = parentsIn(graph, experiments);
  const ways = waysTo(best, { experiments, parents, metric });
  const chain: LineageNode[] = [];
  for (let id: string | null = best; id !== null && chain.length <= experiments.size;) {
    const node = experiments.get(id);
    if (node) chain.unshift(node);
    id = ways.get(id)?.parent ?? null;
  }
  return {
    metric,
    direction,
    steps: chain.map((node) => ({ node, finding: node.finding, words: gainWords(node.finding, metric) })),
    forks: chain.filter(({ id }) => (parents.get(id)?.length ?? 0) > 1).length,
    models: modelsOf(graph, end),
  };
}

function parentsIn({ edges }: LineageGraph, experiments: ReadonlyMap<string, LineageNode>): ReadonlyMap<string, readonly string[]> {
  const parents = new Map<string, string[]>();
  for (const { from, to, kind } of edges) if (kind === 'LED_TO' && experiments.has(from) && experiments.has(to)) parents.set(to, [...(parents.get(to) ?? []), from]);
  return parents;
}

interface Known { readonly experiments: ReadonlyMap<string, LineageNode>; readonly parents: ReadonlyMap<string, readonly string[]>; readonly metric: string }

/** Ways to an experiment and to all before it, each worked out once its parents' are. A parent that is still open is its own descendant, and no way back. */
function waysTo(best: string, known: Known): ReadonlyMap<string, Way> {
  const ways = new Map<string, Way>();
  const opened = new Set<string>();
  const stack = [best];
  for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
    const waiting = opened.has(id) ? [] : (known.parents.get(id) ?? []).filter((parent) => !opened.has(parent));
    opened.add(id);
    if (waiting.length > 0) { stack.push(...waiting); continue; }
    stack.pop();
    if (!ways.has(id)) ways.set(id, wayOf(id, ways, known));
  }
  return ways;
}

function wayOf(id: string, ways: ReadonlyMap<string, Way>, { experiments, parents, metric }: Known): Way {
  const own = gained(experiments.get(id)?.finding ?? null, metric) ? 1 : 0;
  const before = (parents.get(id) ?? []).flatMap((parent) => { const way = ways.get(parent); return way ? [{ parent, way, at: experiments.get(parent)?.at ?? 0 }] : []; });
  const [first] = before.toSorted((a, b) => b.way.gains - a.way.gains || b.way.length - a.way.length || b.at - a.at || (a.parent < b.parent ? -1 : 1));
  return first ? { gains: own + first.way.gains, length: 1 + first.way.length, parent: first.parent } : { gains: own, length: 1, parent: null };
}

const gained = (finding: Finding | null, metric: string): boolean => finding !== null && finding.outcome === 'SUPPORTED' && finding.metric === metric;

/** What the runs of the treatment made; of a treatment that is not known, what the experiment's runs made. */
function modelsOf({ nodes, edges }: LineageGraph, { id, finding }: LineageNode): readonly string[] {
  const kinds = new Map(nodes.map((node) => [node.id, node.kind]));
  const own = new Set(edges.flatMap(({ from, to, kind }) => (kind === 'RAN' && from === id ? [to] : [])));
  const makers = finding?.treatmentId !== undefined && finding.treatmentId !== null && own.has(finding.treatmentId) ? new Set([finding.treatmentId]) : own;
  return [...new Set(edges.flatMap(({ from, to, kind }) => (kind === 'MADE' && makers.has(from) && kinds.get(to) === 'MODEL' ? [to] : [])))];
}

const FOUND: Readonly<Record<Finding['outcome'], string>> = { SUPPORTED: 'Supported', REFUTED: 'Refuted', EQUIVALENT: 'No difference that matters', INCONCLUSIVE: 'Not decided' };

/** What a verdict says of one step: its effect with its interval, or that there is none. Of another metric than the path's it says so. */
export function gainWords(finding: Finding | null, metric: string | null = null): string {
  if (finding === null) return 'No verdict yet: what it gained is not known.';
  const found = `${FOUND[finding.outcome]}: ${finding.metric}${metric !== null && finding.metric !== metric ? ', which is another metric,' : ''}`;
  const { effect, ciLow, ciHigh, baselineRuns, treatmentRuns } = finding;
  const against = `${treatmentRuns} against ${baselineRuns}`;
  if (effect === null) return `${found} was not measured on both sides (${against} repeats).`;
  if (ciLow === null || ciHigh === null) {
    const alone = Math.min(baselineRuns, treatmentRuns) < 2;
    return alone ? `${found} cannot be told from chance: n = 1 on a side (${against} repeats).` : `${found} has no interval: all repeats of a side say the same (${against} repeats).`;
  }
  const figure = figuresFor({ low: ciLow, high: ciHigh }, effect);
  return `${found} ${effect < 0 ? 'worse' : 'better'} by ${figure(Math.abs(effect))}, very likely between ${signed(figure, ciLow)} and ${signed(figure, ciHigh)} (${against} repeats).`;
}

const signed = (figure: (value: number) => string, value: number): string => (value < 0 ? `−${figure(-value)}` : `+${figure(value)}`);
