import { describe, expect, test } from 'vitest';
import { exploredRange } from './explored-range.ts';
import { triedReport, type ReportedTry } from './report.ts';
import { alsoLookAt, holdsWords, isCalled, readAbout, thatMatter, type Variable } from './touches.ts';
import { inValueOrder, triesOf, type TriedVariant } from './tries.ts';
import { byValue } from './value.ts';

const config = (name: string): Variable => ({ kind: 'CONFIG', name });

describe('a variable is asked for by its name', () => {
  test.each([['lr', 'lr'], ['lr', 'LR'], ['lr', 'optim.lr'], ['lr', 'model/head/lr'], ['optim.lr', 'optim.lr'], [' lr ', 'lr']])('%s is %s', (about, name) => { expect(isCalled(about, config(name))).toBe(true); });
  test.each([['lr', 'lr_decay'], ['lr', 'learning_rate'], ['lr', 'lrelu'], ['lr', 'optim.lr.decay'], ['r', 'lr'], ['', 'lr'], ['.', 'lr']])('%s is not %s', (about, name) => { expect(isCalled(about, config(name))).toBe(false); });

  test('a dataset whatever its role, a package as PyPI normalizes names, a file in any folder', () => {
    expect(isCalled('digits', { kind: 'DATA', name: 'digits (train)' })).toBe(true);
    expect(isCalled('digits (train)', { kind: 'DATA', name: 'digits (train)' })).toBe(true);
    expect(isCalled('Scikit_Learn', { kind: 'ENVIRONMENT', name: 'scikit-learn' })).toBe(true);
    expect(isCalled('model.py', { kind: 'CODE', name: 'src/model.py' })).toBe(true);
  });
});

describe('what is asked about', () => {
  const known = [config('optim.lr'), config('lr'), config('learning_rate'), config('aug.rotate'), config('aug.shift'), config('mixup')];
  test('is a variable where one is called so, the plain name first', () => {
    expect(readAbout('lr', known)).toEqual({ kind: 'VARIABLE', variables: [config('lr'), config('optim.lr')] });
  });
  test('is a topic otherwise, with the variables whose names hold its words', () => {
    expect(readAbout('augmentation', known)).toEqual({ kind: 'TOPIC', variables: [config('aug.rotate'), config('aug.shift')] });
    expect(readAbout('quantum', known)).toEqual({ kind: 'TOPIC', variables: [] });
  });
  test('may have other names, which are offered and not mixed in', () => {
    expect(alsoLookAt('lr', known)).toEqual(['learning_rate']);
    expect(alsoLookAt('learning-rate', known)).toEqual(['lr', 'learning_rate']);
    expect(alsoLookAt('mixup', known)).toEqual([]);
  });
});

test('only what can be part of the answer matters to it', () => {
  expect(thatMatter('lr', ['lr', 'optim.lr', 'learning_rate', 'lr_decay', 'wd'].map(config)).map(({ name }) => name)).toEqual(['lr', 'optim.lr', 'learning_rate', 'lr_decay']);
});

test('a text holds a word, its beginning or its abbreviation, and every word of the topic', () => {
  expect([holdsWords('augmentation', 'aug.rotate'), holdsWords('mix', 'mixup'), holdsWords('erase', 'randomErase'), holdsWords('random erase', 'randomErase'), holdsWords('label smoothing', 'label_smoothing')]).toEqual([true, true, true, true, true]);
  expect([holdsWords('augmentation', 'au'), holdsWords('random crop', 'randomErase'), holdsWords('lr', 'lrelu'), holdsWords('--', 'a')]).toEqual([false, false, false, false]);
});

test('values are in the order of numbers', () => {
  expect([null, '10', 'sgd', '9', 'adam', '-1', '1e-7'].toSorted(byValue)).toEqual(['-1', '1e-7', '9', '10', 'adam', 'sgd', null]);
});

describe('the explored range', () => {
  const found = (...values: (string | null)[]) => exploredRange(values);
  test('of learning rates is logarithmic, and says where a factor of ten is open', () => {
    expect(found('0.001', '0.003', '1e-2', '0.1', '0.3')).toEqual({ scale: 'LOG', values: [0.001, 0.003, 0.01, 0.1, 0.3], gaps: [{ from: 0.01, to: 0.1 }] });
    expect(found('0.01', '0.1')).toMatchObject({ scale: 'LOG', gaps: [{ from: 0.01, to: 0.1 }] });
  });
  test('of doublings is logarithmic without gaps', () => {
    expect(found('16', '32', '64', '128')).toMatchObject({ scale: 'LOG', gaps: [] });
  });
  test('of even steps is linear without gaps, and says where a third of it is open', () => {
    expect(found('0', '0.1', '0.2', '0.3')).toMatchObject({ scale: 'LINEAR', gaps: [] });
    expect(found('0', '5', '10', '45')).toMatchObject({ scale: 'LINEAR', gaps: [{ from: 10, to: 45 }] });
    expect(found('0.1', '0.2', '0.5')).toMatchObject({ scale: 'LINEAR', gaps: [{ from: 0.2, to: 0.5 }] });
  });
  test('never finds a gap between whole numbers that follow each other', () => {
    expect(found('1', '2')).toMatchObject({ scale: 'LINEAR', gaps: [] });
  });
  test('keeps a zero beside a logarithmic scale, and negative values on a linear one', () => {
    expect(found('0', '1e-5', '1e-4', '1e-3')).toMatchObject({ scale: 'LOG', values: [0, 1e-5, 1e-4, 1e-3] });
    expect(found('-1', '1', '100')).toMatchObject({ scale: 'LINEAR' });
  });
  test('needs two different numbers, and a variable that takes numbers', () => {
    expect([found('0.1', '1e-1'), found('adam', 'sgd'), found(), found('1', '2', 'adam', 'sgd', 'lion'), found(null, '3')]).toEqual([null, null, null, null, null]);
  });
});

describe('what was tried', () => {
  const variant = (variantId: string, more: Partial<TriedVariant>): TriedVariant => ({ variantId, experimentId: 'exp_1', isBaseline: false, hasBaseline: true, changed: [], changedCount: more.changed?.length ?? 0, params: [], ...more });
  const lr = (from: string | null, to: string | null) => ({ ...config('lr'), from, to });
  const reading = { kind: 'VARIABLE', variables: [config('lr')] } as const;

  test('is what treatments changed against their baseline, and says what else they changed', () => {
    const tries = triesOf('lr', reading, [variant('base', { isBaseline: true }), variant('a', { changed: [lr('0.1', '1e-2')] }), variant('b', { changed: [lr('0.1', '0.3'), { ...config('wd'), from: '0', to: '1' }] }), variant('c', { changed: [{ ...config('wd'), from: '0', to: '1' }] })]);
    expect(tries.map(({ variantId, value, from, alsoChanged, foundBy }) => [variantId, value, from, alsoChanged, foundBy])).toEqual([['a', '0.01', '0.1', 0, 'VARIABLE'], ['b', '0.3', '0.1', 1, 'VARIABLE']]);
  });
  test('is every variant where no baseline was chosen and they differ, and none where they do not', () => {
    const without = { hasBaseline: false, changedCount: 0 };
    const tries = triesOf('lr', reading, [variant('a', { ...without, params: [{ key: 'lr', value: '0.1' }] }), variant('b', without), variant('c', { ...without, experimentId: 'exp_2', params: [{ key: 'lr', value: '0.1' }] }), variant('d', { ...without, experimentId: 'exp_2', params: [{ key: 'lr', value: '0.1' }] })]);
    expect(tries.map(({ variantId, value, alsoChanged }) => [variantId, value, alsoChanged])).toEqual([['a', '0.1', 0], ['b', null, 0]]);
  });
  test('has one value for all its spellings, and is none where only the spelling changed', () => {
    const changed = ['1e-3', '.001', ' 0.0010 ', '0.10', '0.1'].map((to) => variant(to, { changed: [lr('0.1', to)] }));
    expect(triesOf('lr', reading, [variant('base', { isBaseline: true }), ...changed]).map(({ value }) => value)).toEqual(['0.001', '0.001', '0.001']);
    const without = { hasBaseline: false, changedCount: 0 };
    expect(triesOf('lr', reading, ['0.1', '1e-1'].map((value) => variant(value, { ...without, params: [{ key: 'lr', value }] })))).toEqual([]);
  });
  test('is found by a value of a topic, but not by a digest', () => {
    const topic = { kind: 'TOPIC', variables: [] } as const;
    const changed = [{ ...config('aug'), from: 'none', to: 'cutmix' }, { kind: 'DATA', name: 'd', from: null, to: 'cutmix' } as const];
    expect(triesOf('cutmix', topic, [variant('a', { changed })]).map(({ variable, foundBy }) => [variable.name, foundBy])).toEqual([['aug', 'VALUE']]);
    expect(triesOf('cutmix', reading, [variant('a', { changed })])).toEqual([]);
  });
  test('is in the order of variables and values', () => {
    const one = (name: string, value: string | null) => ({ variable: config(name), value });
    expect(inValueOrder([one('z', '1'), one('lr', null), one('optim.lr', '2'), one('lr', '10'), one('lr', '9')], [config('lr'), config('optim.lr')]).map(({ variable, value }) => `${variable.name} ${value}`)).toEqual(['lr 9', 'lr 10', 'lr null', 'optim.lr 2', 'z 1']);
  });
});

test('a report has a table a variable, every effect with its interval or n = 1, and takes no markup from names', () => {
  const experiment = { key: 'VIS-1', name: 'a | <b>', project: 'vision', owner: 'Ada', comments: 0 };
  const row = (value: string, low: number | null): ReportedTry => ({ experiment, variable: 'lr', value, changes: [{ name: 'lr', from: '0.1', to: value }], alsoChanged: 1, foundBy: 'VARIABLE', spent: { runs: 3, failedRuns: 1, hours: 0.5 }, at: new Date(0), outcome: { outcome: 'REFUTED', metric: 'val_acc', effect: -0.25, ciLow: low, ciHigh: low === null ? null : -0.1, baselineRuns: 3, treatmentRuns: low === null ? 1 : 2 } });
  const report = triedReport({ about: 'lr', project: null, more: false, ranges: [{ variable: 'lr', scale: 'LOG', values: [0.01, 0.1], gaps: [{ from: 0.01, to: 0.1 }] }] }, [row('0.01', -0.4), row('0.1', null)]);
  expect(report).toContain('## `lr`\n\nTried from 0.01 to 0.1. Nothing between 0.01 and 0.1.');
  expect(report).toContain(String.raw`| 0.01 | VIS-1 a \| \<b\> | lr: 0.1 → 0.01 (and 1 more) | val\_acc | −0.25 | −0.4 to −0.1 | refuted | 3 + 2 | 1 | 0.50 | Ada | 1970-01-01 |`);
  expect(report).toContain('| n = 1 |');
});
