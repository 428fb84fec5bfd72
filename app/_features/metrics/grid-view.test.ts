import { expect, test } from 'vitest';
import { gridPanels, moved, PINNED } from './grid-panels.ts';
import { dropPlace, foldToggled, overlaid, pinToggled, placedBefore, stepped, takenOut, withOverride } from './grid-moves.ts';
import { gridViewFrom, gridViewParams, type GridView } from './grid-view.ts';
import { wordSearch } from './metric-search.ts';

const fromParams = (params: Readonly<Record<string, string | null>>): GridView => gridViewFrom({ get: (name) => params[name] ?? null });
const PLAIN = fromParams({});
const KEYS = ['train/loss', 'train/acc', 'val/loss', 'val/acc', 'lr'];
const shown = (view: GridView, keys = KEYS): [string, string[]][] => gridPanels(keys, view, wordSearch(view.search).matches).map(({ name, panels }) => [name, panels.map((panel) => panel.keys.join('+'))]);
const panel = (...keys: readonly string[]) => ({ id: keys[0] ?? '', keys });
const sectionOf = (view: GridView, name: string) => gridPanels(KEYS, view, () => true).find((section) => section.name === name) ?? { name, panels: [], pinned: false, open: true };

test('a link shows the same: everything that was set is read back, whatever the names hold', () => {
  const view: GridView = {
    search: 'val .*', regex: true, pinned: ['a,b', 'c~d'], overlays: [['x>y', 'p:q', '100%']], moves: [{ key: 'a>b', before: 'c' }, { key: 'd', before: null }],
    closed: ['train'], wide: ['val/loss'], own: new Map([['a:b', { yKind: 'log', clip: false }]]), lines: 'variants', spread: 'sd',
  };
  expect(fromParams(gridViewParams(view))).toEqual(view);
});

test('a grid as it comes adds nothing to the address', () => {
  expect(Object.values(gridViewParams(PLAIN)).every((value) => value === null)).toBe(true);
});

test('names stay readable in the address', () => {
  expect(gridViewParams({ ...PLAIN, pinned: ['val/loss', 'val/acc'], overlays: [['train/loss', 'val/loss']], moves: [{ key: 'lr', before: null }] })).toMatchObject({ pin: 'val/loss,val/acc', over: 'train/loss~val/loss', move: 'lr>' });
});

test('nonsense in the address changes nothing', () => {
  expect(shown(fromParams({ pin: 'nobody,,', over: '~,lr,nobody~lr', move: '>,a>b>c,nobody>lr,lr>nobody', own: ':,x:y', fold: ',', band: 'odd', curves: 'odd' }))).toEqual(shown(PLAIN));
});

test('pinned charts come first, in the order they were pinned, and stand nowhere else', () => {
  const view = pinToggled(pinToggled(PLAIN, 'val/acc'), 'lr');
  expect(shown(view)).toEqual([[PINNED, ['val/acc', 'lr']], ['train', ['train/acc', 'train/loss']], ['val', ['val/loss']]]);
  expect(shown(pinToggled(view, 'lr'))[0]).toEqual([PINNED, ['val/acc']]);
});

test('a search looks into every metric of a chart', () => {
  const view = overlaid(PLAIN, panel('train/loss'), panel('val/loss'));
  expect(shown({ ...view, search: 'val loss' })).toEqual([['train', ['train/loss+val/loss']]]);
});

test('a metric that was put into a chart has none of its own until it is taken out', () => {
  const both = overlaid(PLAIN, panel('train/loss'), panel('val/loss'));
  expect(shown(both).find(([name]) => name === 'val')).toEqual(['val', ['val/acc']]);
  expect(shown(takenOut(both, 'train/loss', 'val/loss'))).toEqual(shown(PLAIN));
});

test('a chart of several metrics put into another brings them all, and its pin is gone', () => {
  const two = pinToggled(overlaid(PLAIN, panel('val/loss'), panel('val/acc')), 'val/loss');
  const four = overlaid(two, panel('train/loss'), panel('val/loss', 'val/acc'));
  expect(shown(four)).toEqual([['Metrics', ['lr']], ['train', ['train/acc', 'train/loss+val/loss+val/acc']]]);
});

test('a chart steps among those that are shown, and stays at either end', () => {
  const later = stepped(PLAIN, sectionOf(PLAIN, 'train'), 'train/acc', 1);
  expect(shown(later)[1]).toEqual(['train', ['train/loss', 'train/acc']]);
  expect(stepped(later, sectionOf(later, 'train'), 'train/acc', 1)).toBe(later);
  expect(shown(stepped(later, sectionOf(later, 'train'), 'train/acc', -1))).toEqual(shown(PLAIN));
});

test('a chart dropped among the pinned is pinned there, and moving one again replaces its move', () => {
  const pinned = pinToggled(PLAIN, 'lr');
  expect(shown(placedBefore(pinned, 'val/acc', 'lr'))[0]).toEqual([PINNED, ['val/acc', 'lr']]);
  const twice = placedBefore(placedBefore(PLAIN, 'train/loss', 'train/acc'), 'train/loss', null);
  expect(twice.moves).toEqual([{ key: 'train/loss', before: null }]);
  expect(placedBefore(PLAIN, 'lr', 'lr')).toBe(PLAIN);
});

test('moves that name strangers change nothing', () => {
  expect(moved(['a', 'b'], [{ key: 'c', before: 'a' }, { key: 'a', before: 'c' }])).toEqual(['a', 'b']);
  expect(moved(['a', 'b', 'c'], [{ key: 'c', before: 'a' }, { key: 'a', before: null }])).toEqual(['c', 'b', 'a']);
});

test('a folded section keeps its count', () => {
  const train = sectionOf(foldToggled(PLAIN, 'train'), 'train');
  expect([train.open, train.panels.length]).toEqual([false, 2]);
});

test('what a chart does otherwise is kept for it alone', () => {
  const view = withOverride(withOverride(PLAIN, 'lr', { yKind: 'log' }), 'lr', { clip: true });
  expect(view.own.get('lr')).toEqual({ yKind: 'log', clip: true });
  expect(gridViewParams(view)['own']).toBe('lr:y-log;clip');
});

test('a chart lands beside another at its edges and in it elsewhere', () => {
  expect([0.1, 0.5, 0.9].map(dropPlace)).toEqual(['before', 'into', 'after']);
});
