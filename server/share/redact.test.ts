import { expect, test } from 'vitest';
import { redactor } from './redact.ts';

const variants = [
  { id: 'b', label: 'aug=none', role: 'BASELINE' as const },
  { id: 't1', label: 'aug=cutmix', role: 'TREATMENT' as const },
  { id: 't2', label: 'aug=cutmix lr=0.1', role: 'TREATMENT' as const },
];
const changes = (['CODE', 'DATA', 'CONFIG', 'ENVIRONMENT'] as const).map((kind) => ({ kind, name: kind.toLowerCase(), from: null, to: null }));
const kinds = (redact: Parameters<typeof redactor>[0]) => redactor(redact, variants).changes(changes).map(({ kind }) => kind);

test('nothing left out, everything said', () => {
  const all = redactor([], variants);
  expect(all.person('Ada')).toBe('Ada');
  expect(all.changes(changes)).toEqual(changes);
  expect(all.label({ id: 't1', label: 'aug=cutmix' })).toBe('aug=cutmix');
  expect(all.sentence('aug=cutmix raised val_acc')).toBe('aug=cutmix raised val_acc');
});

test('without people, nobody is named', () => expect(redactor(['PEOPLE'], variants).person('Ada')).toBeNull());

test('without params or code, neither values nor the names made from them are said', () => {
  expect(kinds(['PARAMS'])).toEqual(['CODE']);
  expect(kinds(['CODE'])).toEqual(['DATA', 'CONFIG', 'ENVIRONMENT']);
  const hidden = redactor(['PARAMS'], variants);
  expect(variants.map((variant) => hidden.label(variant))).toEqual(['Baseline', 'Treatment A', 'Treatment B']);
  expect(hidden.sentence('aug=cutmix lr=0.1 raised val_acc over aug=none, aug=cutmix did not.')).toBe('Treatment B raised val_acc over Baseline, Treatment A did not.');
});

test('a name is replaced where it stands by itself', () => {
  const short = redactor(['PARAMS'], [{ id: 't', label: 'a', role: 'TREATMENT' }]);
  expect(short.sentence('a raised val_acc at last, and $& too')).toBe('Treatment A raised val_acc at last, and $& too');
});

test('of two variants with one name neither is called the wrong arm', () => {
  const twins = redactor(['PARAMS'], [{ id: 'b', label: 'same', role: 'BASELINE' }, { id: 't', label: 'same', role: 'TREATMENT' }]);
  expect(twins.sentence('same lowered test_acc')).toBe('One variant lowered test_acc');
});
