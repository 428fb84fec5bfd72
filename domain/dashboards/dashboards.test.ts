import { describe, expect, test } from 'vitest';
import { bestOverTime, type Result } from './best-over-time.ts';
import { addPanel, movePanel, removePanel, resizePanel } from './layout.ts';
import { checkDashboardName, checkPanels, FIRST_PANELS, MOST_PANELS, requireKnownMetrics, requireSeen, type Panel } from './panel.ts';
import { checkWeeks, lastWeeks, weekOf } from './weeks.ts';

const panel = (id: string, more: Partial<Panel> = {}): Panel => ({ id, kind: 'SPEND', metric: null, direction: null, width: 1, height: 1, ...more });
const ids = (panels: readonly Panel[]): string => panels.map(({ id }) => id).join(' ');

describe('panels', () => {
  test('what a project shows at first is allowed itself', () => expect(checkPanels(FIRST_PANELS)).toEqual(FIRST_PANELS));
  test.each<[string, readonly Panel[], string]>([
    ['more than fit', Array.from({ length: MOST_PANELS + 1 }, (_, n) => panel(`p${n}`)), 'dashboard/too-many-panels'],
    ['a million of them', Array.from({ length: 1_000_000 }, () => panel('p')), 'dashboard/too-many-panels'],
    ['two of one id', [panel('a'), panel('a')], 'dashboard/panel'],
    ['an id that is markup', [panel('<b>')], 'dashboard/panel'],
    ['a kind there is not', [panel('a', { kind: 'MONEY' as 'SPEND' })], 'dashboard/panel'],
    ['NaN columns', [panel('a', { width: Number.NaN })], 'dashboard/panel-size'],
    ['infinite rows', [panel('a', { height: Number.POSITIVE_INFINITY })], 'dashboard/panel-size'],
    ['no width', [panel('a', { width: 0 })], 'dashboard/panel-size'],
    ['half a column', [panel('a', { width: 1.5 })], 'dashboard/panel-size'],
    ['a metric without a name', [panel('a', { kind: 'BEST', metric: '' })], 'dashboard/metric'],
  ])('%s are refused', (_, panels, code) => { expect(() => checkPanels(panels)).toThrow(expect.objectContaining({ code }) as Error); });
  test('only the best has a metric', () => expect(checkPanels([panel('a', { metric: 'acc', direction: 'INCREASE' })])).toEqual([panel('a')]));
  test('a metric of elsewhere is refused', () => {
    const best = [panel('a', { kind: 'BEST', metric: 'acc' })];
    expect(() => requireKnownMetrics(best, new Set(['loss']))).toThrow(/acc/);
    expect(() => requireKnownMetrics(best, new Set(['acc']))).not.toThrow();
  });
  test('a change of something that others changed meanwhile is refused, with their name', () => {
    expect(() => requireSeen(3, 4, 'Ada')).toThrow(/^Ada changed this dashboard/);
    expect(() => requireSeen(4, 4, 'Ada')).not.toThrow();
  });
  test('a name has letters', () => { expect(checkDashboardName(' Board ')).toBe('Board'); expect(() => checkDashboardName('  ')).toThrow(/1 to 80/); });
});

describe('the layout', () => {
  const three = [panel('a'), panel('b'), panel('c')];
  test('a panel moves within the ends', () => {
    expect([movePanel(three, 'a', 1), movePanel(three, 'c', -5), movePanel(three, 'a', 99), movePanel(three, 'x', 0)].map(ids)).toEqual(['b a c', 'c a b', 'b c a', 'a b c']);
  });
  test('a panel grows and shrinks within the grid', () => {
    expect(resizePanel([panel('a', { width: 3 })], 'a', { columns: 9, rows: 9 })).toEqual([panel('a', { width: 4, height: 3 })]);
    expect(resizePanel([panel('a', { width: 3 })], 'a', { columns: -9, rows: -9 })).toEqual([panel('a')]);
  });
  test('panels of one kind are told apart', () => expect(ids(addPanel(addPanel(addPanel([], 'BEST'), 'BEST'), 'BEST'))).toBe('best best-2 best-3'));
  test('a panel is taken away', () => expect(ids(removePanel(three, 'b'))).toBe('a c'));
});

describe('the best over time', () => {
  const result = (experimentId: string, day: number, values: readonly number[]): Result => ({ experimentId, at: new Date(Date.UTC(2026, 0, day)), values });
  test('a step needs more than noise, and one run is none', () => {
    const milestones = bestOverTime('INCREASE', null, [result('lucky', 4, [0.99]), result('second', 3, [0.9, 0.94, 0.92]), result('first', 1, [0.91, 0.92, 0.9]), result('third', 5, [0.97, 0.971, 0.969])]);
    expect(milestones.map(({ experimentId, standing, n }) => [experimentId, standing, n])).toEqual([['first', 'NEW_BEST', 3], ['second', 'WITHIN_NOISE', 3], ['third', 'NEW_BEST', 3]]);
    expect(milestones[2]?.words).toMatch(/^Better than the best before by/);
    expect(milestones.every(({ interval, mean }) => interval !== null && interval.low < mean && mean < interval.high)).toBe(true);
  });
  test('all begins with the baseline, which its own experiment has to beat', () => {
    const against = (values: readonly number[]) => bestOverTime('INCREASE', result('one', 2, [0.9, 0.91, 0.92]), [result('one', 1, values)]).map(({ experimentId, standing, words }) => [experimentId, standing, words !== null]);
    expect(against([0.95, 0.96, 0.97])).toEqual([['one', 'BASELINE', false], ['one', 'NEW_BEST', true]]);
    expect(against([0.9, 0.93, 0.91])).toEqual([['one', 'BASELINE', false], ['one', 'WITHIN_NOISE', false]]);
    expect(bestOverTime('INCREASE', result('one', 2, [0.9]), [])).toEqual([]);
  });
  test('less is better where the hypotheses say so', () => {
    expect(bestOverTime('DECREASE', result('a', 1, [0.5, 0.51, 0.49]), [result('b', 2, [0.3, 0.31, 0.29]), result('c', 3, [0.6, 0.61, 0.59])]).map(({ standing }) => standing)).toEqual(['BASELINE', 'NEW_BEST', 'WITHIN_NOISE']);
  });
});

describe('weeks', () => {
  test('begin on Mondays', () => {
    expect(weekOf(Date.parse('2026-11-29T23:59:59Z'))).toBe(Date.parse('2026-11-23'));
    expect(weekOf(Date.parse('2026-11-30'))).toBe(Date.parse('2026-11-30'));
    expect(lastWeeks(Date.parse('2026-11-29T12:00:00Z'), 2)).toEqual(['2026-11-16', '2026-11-23'].map(Date.parse));
  });
  test.each([0, 53, 1.5, Number.NaN])('%s of them are refused', (weeks) => { expect(() => checkWeeks(weeks)).toThrow(/weeks/); });
});
