import { expect, test } from 'vitest';
import { changeText, paramsOf, stateOf, viewFrom } from './run-view.ts';

test('a view survives the address', () => {
  const address = new URLSearchParams();
  const view = { filter: "metrics.a > 1 AND params.b = 'x y'", sort: '-m:a,p:b', columns: [{ kind: 'fact', key: 'status' }, { kind: 'metric', key: 'val/acc, 1*2' }], group: { kind: 'param', key: 'lr' }, colour: { kind: 'tag', key: 'ü' }, pinned: 2, widths: new Map([['m:val%2Facc%2C%201*2', 120]]) } as const;
  for (const [name, value] of Object.entries(changeText(view))) if (value !== null) address.set(name, value);
  expect(viewFrom(new URLSearchParams(address.toString()))).toEqual(view);
});

test('a saved state says the same as the address it was saved from, and takes away what it does not say', () => {
  const address = new URLSearchParams('tab=runs&sort=-m%3Aacc&filter=a+%3D+1&saved=x');
  expect(stateOf(address)).toBe('filter=a+%3D+1&sort=-m%3Aacc');
  expect(paramsOf(stateOf(address))).toEqual({ filter: 'a = 1', sort: '-m:acc', cols: null, group: null, colour: null, pin: null, w: null });
});

test('nonsense in the address is the usual view', () => {
  expect(viewFrom(new URLSearchParams('pin=99&w=a,b*x,*3&group=what&cols='))).toEqual({ filter: '', sort: null, columns: [], group: null, colour: null, pinned: 4, widths: new Map() });
});
