import { expect, test } from 'vitest';
import { layoutLineage } from '../../_charts/lineage-layout.ts';
import { kindsParam, USUAL_KINDS, viewFrom } from './lineage-view.ts';
import { nextNode } from './walk.ts';

test('an address says what is shown, and what it does not say is the usual', () => {
  expect(viewFrom(new URLSearchParams())).toEqual({ kinds: USUAL_KINDS, until: null, collapse: true, of: null, node: null, as: 'graph' });
  expect(viewFrom(new URLSearchParams('kinds=run,experiment,nonsense&until=2026-11-30&runs=each&of=a&node=b&as=list'))).toEqual({ kinds: ['EXPERIMENT', 'RUN'], until: '2026-11-30', collapse: false, of: 'a', node: 'b', as: 'list' });
  expect([viewFrom(new URLSearchParams('until=2026-13-99')).until, viewFrom(new URLSearchParams('until=yesterday')).until]).toEqual([null, null]);
  expect([kindsParam(USUAL_KINDS), kindsParam([]), kindsParam(['RUN', 'EXPERIMENT'])]).toEqual([null, null, 'experiment,run']);
});

test('arrows walk along edges to the nearest end, and within a column', () => {
  const links = { from: [0, 0, 0], to: [1, 2, 3] };
  const drawing = { layout: layoutLineage(4, links), links, marks: Array.from({ length: 4 }, () => ({ token: '', shape: 'circle' as const, hollow: false, label: '' })) };
  expect([nextNode(drawing, -1, 'forth'), nextNode(drawing, 0, 'forth'), nextNode(drawing, 2, 'back'), nextNode(drawing, 2, 'down'), nextNode(drawing, 2, 'up')]).toEqual([0, 2, 0, 3, 1]);
  expect([nextNode(drawing, 3, 'forth'), nextNode(drawing, 3, 'down'), nextNode({ ...drawing, marks: [] }, -1, 'down')]).toEqual([3, 3, -1]);
});
