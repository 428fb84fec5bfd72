import { expect, it } from 'vitest';
import { choose, type Facet, type Faceted, type FacetChoice } from './facets.ts';

const NOW = 1_000 * 86_400_000;
const daysAgo = (days: number): number => NOW - days * 86_400_000;
const thing = (kind: string, more: Partial<Faceted> = {}): Faceted => ({ kind, project: 'vision', verdict: null, status: null, owner: null, changedAt: NOW, ...more });
const FOUND = [thing('experiment', { verdict: 'SUPPORTED', owner: 'ada' }), thing('experiment', { verdict: 'REFUTED', owner: 'ben', changedAt: daysAgo(20) }), thing('run', { status: 'FAILED', project: 'speech', changedAt: daysAgo(400) })];
const chosen = (...pairs: readonly (readonly [Facet, readonly string[]])[]): FacetChoice => new Map(pairs.map(([facet, values]) => [facet, new Set(values)]));
const countsOf = (choice: FacetChoice) => Object.fromEntries(choose(FOUND, choice, NOW).counts.map(({ facet, values }) => [facet, values.map(({ value, count }) => `${value} ${count}`).join(', ')]));

it('counts what was found by what it is', () => {
  expect(countsOf(new Map())).toEqual({ kind: 'experiment 2, run 1', project: 'vision 2, speech 1', verdict: 'REFUTED 1, SUPPORTED 1', status: 'FAILED 1', owner: 'ada 1, ben 1', when: 'week 1, month 1, older 1' });
});

it('counts each facet among what the other choices leave, and keeps what all of them leave', () => {
  const choice = chosen(['kind', ['experiment']], ['verdict', ['SUPPORTED']]);
  expect(choose(FOUND, choice, NOW).kept).toEqual([FOUND[0]]);
  expect(countsOf(choice)).toMatchObject({ kind: 'experiment 1', verdict: 'REFUTED 1, SUPPORTED 1', owner: 'ada 1', status: '' });
});

it('takes several values of a facet as one or the other, and tells a chosen value that nothing has', () => {
  expect(choose(FOUND, chosen(['verdict', ['SUPPORTED', 'REFUTED']]), NOW).kept).toHaveLength(2);
  expect(countsOf(chosen(['owner', ['eve']]))).toMatchObject({ owner: 'ada 1, ben 1, eve 0', kind: '' });
  expect(choose(FOUND, chosen(['when', ['older']]), NOW).kept).toEqual([FOUND[2]]);
});
