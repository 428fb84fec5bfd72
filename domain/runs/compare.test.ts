import { describe, expect, it } from 'vitest';
import { isSameValue } from '../experiments/fingerprint.ts';
import { codeItems, compareItems, dataItems } from './compare.ts';

describe('comparing runs', () => {
  it('gives a row for each name, a value a run, and says where they differ', () => {
    expect(compareItems([new Map([['lr', '0.1'], ['aug', 'none']]), new Map([['lr', '0.1'], ['depth', '3']]), new Map([['aug', 'none'], ['lr', '0.1']])])).toEqual([
      { name: 'aug', values: ['none', null, 'none'], differs: true },
      { name: 'depth', values: [null, '3', null], differs: true },
      { name: 'lr', values: ['0.1', '0.1', '0.1'], differs: false },
    ]);
  });

  it('takes NaN for equal to itself', () => {
    expect(compareItems([new Map([['loss', NaN]]), new Map([['loss', NaN]])])).toEqual([{ name: 'loss', values: [NaN, NaN], differs: false }]);
    expect(compareItems([new Map([['loss', NaN]]), new Map([['loss', 1]])])[0]?.differs).toBe(true);
  });

  it('sees no difference in a way of writing, where it is told what says the same', () => {
    const of = (...values: string[]) => values.map((value) => new Map([['lr', value]]));
    expect(compareItems(of('0.1', '1e-1', '0.10'), isSameValue)).toEqual([{ name: 'lr', values: ['0.1', '1e-1', '0.10'], differs: false }]);
    expect(compareItems(of('0.1', '0.10', '0.2'), isSameValue)[0]?.differs).toBe(true);
    expect(compareItems([new Map(), ...of('none')], isSameValue)[0]?.differs).toBe(true);
  });

  it('is empty without items or runs', () => {
    expect(compareItems([])).toEqual([]);
    expect(compareItems([new Map(), new Map()])).toEqual([]);
  });

  it('reads code and data as items', () => {
    const bare = { codeRepository: null, codeCommit: null, codeBranch: null, codeDirty: false, sourceName: null };
    expect([...codeItems({ ...bare, codeCommit: 'abc', codeDirty: true, codeDiff: 'abcdef0123456789' })]).toEqual([['commit', 'abc'], ['uncommitted changes', 'abcdef012345']]);
    expect([...codeItems({ ...bare, codeCommit: 'abc', codeDirty: true, sourceName: 'train.py' })]).toEqual([['commit', 'abc'], ['uncommitted changes', 'yes'], ['source', 'train.py']]);
    expect([...codeItems({ ...bare, sourceName: 'train.py' })]).toEqual([['source', 'train.py']]);
    expect([...dataItems([{ name: 'digits', context: 'train', digest: 'b' }, { name: 'digits', context: 'train', digest: 'a' }, { name: 'digits', context: null, digest: 'c' }])])
      .toEqual([['digits (train)', 'a, b'], ['digits', 'c']]);
  });
});
