import { describe, expect, test } from 'vitest';
import { bestPath, gainWords } from './best-path.ts';
import { foldSiblings } from './fold-siblings.ts';
import { ancestorsOf, around, asOf, bounded, descendantsOf, ofKinds, type Finding, type LineageEdge, type LineageGraph, type LineageKind, type LineageNode } from './graph.ts';

const KINDS: Readonly<Record<string, LineageKind>> = { h: 'HYPOTHESIS', e: 'EXPERIMENT', r: 'RUN', d: 'DATASET', c: 'CODE', m: 'MODEL', a: 'ARTIFACT' };
const node = (id: string, more: Partial<LineageNode> = {}): LineageNode => ({ id, kind: KINDS[id.charAt(0)] ?? 'RUN', label: id, at: 0, count: 1, detail: null, key: null, run: null, finding: null, hiddenParents: 0, ...more });
const edge = (text: string): LineageEdge => { const [from = '', kind = '', to = ''] = text.split(' '); return { from, to, kind: kind as LineageEdge['kind'] }; };
const graphOf = (nodes: readonly (string | LineageNode)[], edges: readonly string[]): LineageGraph => ({ nodes: nodes.map((each) => (typeof each === 'string' ? node(each) : each)), edges: edges.map(edge), cut: false });
const found = (outcome: Finding['outcome'], more: Partial<Finding> = {}): Finding => ({ outcome, metric: 'acc', effect: 0.02, ciLow: 0.01, ciHigh: 0.03, baselineRuns: 3, treatmentRuns: 4, treatmentId: null, ...more });

const story = graphOf(['h1', 'e1', 'e2', 'r1', 'r2', 'd1', 'c1', 'm1'], ['h1 TESTED_BY e1', 'e1 LED_TO e2', 'e1 RAN r1', 'e2 RAN r2', 'd1 READ_BY r1', 'c1 CODE_OF r2', 'r1 MADE m1', 'm1 READ_BY r2']);

describe('what came of what', () => {
  test('leads back to everything a node came from, and forth to everything that came of it', () => {
    expect([...ancestorsOf(story, 'm1')].toSorted()).toEqual(['d1', 'e1', 'h1', 'r1']);
    expect([...ancestorsOf(story, 'm1', 1)]).toEqual(['r1']);
    expect([...descendantsOf(story, 'd1')].toSorted()).toEqual(['m1', 'r1', 'r2']);
  });

  test('ends where a cycle closes', () => {
    expect([...descendantsOf(graphOf(['e1', 'e2'], ['e1 LED_TO e2', 'e2 LED_TO e1']), 'e1')]).toEqual(['e2']);
  });

  test('around an experiment holds what its descendants were made of, and not what its siblings did', () => {
    expect(around(story, 'e2', Number.POSITIVE_INFINITY).nodes.map(({ id }) => id)).toEqual(['h1', 'e1', 'e2', 'r2', 'c1', 'm1']);
  });

  test('of some kinds is joined through what is left out, once', () => {
    const { nodes, edges } = ofKinds(story, new Set(['DATASET', 'MODEL', 'EXPERIMENT']));
    expect(nodes.map(({ id }) => id)).toEqual(['e1', 'e2', 'd1', 'm1']);
    expect(edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`)).toEqual(['e1 LED_TO e2', 'e1 THROUGH m1', 'd1 THROUGH m1']);
  });

  test('as of a moment has nothing that came later', () => {
    const graph = graphOf([node('e1', { at: 1 }), node('e2', { at: 2 })], ['e1 LED_TO e2']);
    expect(asOf(graph, 1)).toMatchObject({ nodes: [{ id: 'e1' }], edges: [] });
    expect(asOf(graph, 2).edges).toHaveLength(1);
  });

  test('that is too much keeps experiments, and says that it is cut', () => {
    const graph = graphOf([...Array.from({ length: 5 }, (_, n) => node(`r${n}`, { at: n })), 'e1'], ['e1 RAN r4', 'e1 RAN r0']);
    expect(bounded(graph, 2)).toMatchObject({ cut: true, nodes: [{ id: 'r4' }, { id: 'e1' }], edges: [{ to: 'r4' }] });
    expect(bounded(graph, 6)).toBe(graph);
  });
});

describe('folding', () => {
  const many = graphOf(['e1', ...Array.from({ length: 20 }, (_, n) => node(`r${n}`, { at: n, count: 2 }))], Array.from({ length: 20 }, (_, n) => `e1 RAN r${n}`));
  test('makes one node of leaves beyond a number, and says how many they stand for', () => {
    const { nodes, edges } = foldSiblings(many, 5);
    expect([nodes.length, edges.length]).toEqual([6, 5]);
    expect(nodes.at(-1)).toMatchObject({ kind: 'RUN', label: '32 more', count: 32, at: 0 });
    expect(nodes.map(({ id }) => id)).toContain('r19');
  });
  test('leaves alone what leads on, what is few, and experiments', () => {
    expect(foldSiblings(many, 20)).toBe(many);
    const tree = graphOf(['h1', ...Array.from({ length: 20 }, (_, n) => `e${n}`)], Array.from({ length: 20 }, (_, n) => `h1 TESTED_BY e${n}`));
    expect(foldSiblings(tree, 5)).toBe(tree);
  });
});

describe('the path to the best', () => {
  const claim = { metric: 'acc', direction: 'INCREASE' as const };
  const supported = { finding: found('SUPPORTED') };
  test('runs over the parents whose ways gained most, from the first on', () => {
    const graph = graphOf([node('e1'), node('e2', supported), node('e3', { finding: found('REFUTED'), at: 9 }), node('e4', supported), 'e5'], ['e1 LED_TO e2', 'e1 LED_TO e3', 'e2 LED_TO e4', 'e3 LED_TO e4', 'e4 LED_TO e5']);
    const path = bestPath(graph, 'e4', claim);
    expect(path?.steps.map((step) => step.node.id)).toEqual(['e1', 'e2', 'e4']);
    expect(path).toMatchObject({ forks: 1, models: [] });
    expect(path?.steps[0]?.words).toBe('No verdict yet: what it gained is not known.');
  });
  test('ends where parents run in a circle, and is nothing without its end', () => {
    const circle = graphOf([node('e1'), node('e2', supported)], ['e1 LED_TO e2', 'e2 LED_TO e1']);
    expect(bestPath(circle, 'e2', claim)?.steps.map((step) => step.node.id)).toEqual(['e1', 'e2']);
    expect(bestPath(circle, 'e9', claim)).toBeNull();
  });
  test('is as long as the chain of parents, however long that is', () => {
    const graph = graphOf(Array.from({ length: 5_000 }, (_, n) => `e${n}`), Array.from({ length: 4_999 }, (_, n) => `e${n} LED_TO e${n + 1}`));
    expect(bestPath(graph, 'e4999', claim)?.steps).toHaveLength(5_000);
  });
  test('names the models that the best treatment made, not its baseline’s', () => {
    const graph = graphOf([node('e1', { finding: found('SUPPORTED', { treatmentId: 'r2' }) }), 'r1', 'r2', 'm1', 'm2'], ['e1 RAN r1', 'e1 RAN r2', 'r1 MADE m1', 'r2 MADE m2']);
    expect(bestPath(graph, 'e1', claim)?.models).toEqual(['m2']);
  });
});

test('a gain is a verdict’s, with its interval, or the reason why there is none', () => {
  expect(gainWords(found('SUPPORTED'))).toBe('Supported: acc better by 0.020, very likely between +0.010 and +0.030 (4 against 3 repeats).');
  expect(gainWords(found('REFUTED', { effect: -0.02, ciLow: -0.03, ciHigh: -0.01 }), 'loss')).toBe('Refuted: acc, which is another metric, worse by 0.020, very likely between −0.030 and −0.010 (4 against 3 repeats).');
  expect(gainWords(found('INCONCLUSIVE', { ciLow: null, ciHigh: null, baselineRuns: 1 }))).toBe('Not decided: acc cannot be told from chance: n = 1 on a side (4 against 1 repeats).');
  expect(gainWords(found('INCONCLUSIVE', { effect: null, ciLow: null, ciHigh: null }))).toBe('Not decided: acc was not measured on both sides (4 against 3 repeats).');
});
