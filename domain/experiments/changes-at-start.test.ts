import { describe, expect, it } from 'vitest';
import { changesAtStart, sideFrom, warningAtStart } from './changes-at-start.ts';
import type { RunSide } from './run-changes.ts';

const TOOLS = { digest: (text: string) => text, seedParams: ['seed'] };
const BASE: RunSide = {
  codeCommit: 'aaa', codeRepository: 'git@x:y', codeDirty: false, codeDiff: null, sourceName: 'train.py', files: null, defaults: new Map(), hardware: { cpu: 'EPYC', gpus: [], cuda: null, driver: null },
  datasets: [{ name: 'digits', digest: 'd1', context: 'train', meaning: null }, { name: 'held', digest: 'h1', context: 'test', meaning: null }],
  params: new Map([['lr', '0.1'], ['aug', 'none'], ['seed', '1']]), environment: { python: '3.11.2', packages: { numpy: '2.1.0' } },
};
const names = (before: Partial<RunSide>, after: Partial<RunSide>): string[] => changesAtStart({ ...BASE, ...before }, { ...BASE, ...after }, TOOLS).changed.map(({ name }) => name);

describe('what a run changes before it starts', () => {
  it('is what it names with another value, or names anew', () => {
    expect(names({}, { params: new Map([['lr', '0.3'], ['aug', 'none'], ['wd', '0.01']]) })).toEqual(['lr', 'wd']);
  });
  it('is not what it has not named yet: its script may still do so', () => {
    expect(names({}, { params: new Map([['lr', '0.3']]), datasets: BASE.datasets.slice(0, 1) })).toEqual(['lr']);
  });
  it('is no package that a reference without a capture never listed', () => {
    const environment = { python: '3.11.2', packages: { numpy: '2.2.0', torch: '2.5.0' } };
    expect(names({}, { environment })).toEqual(['numpy', 'torch']);
    expect(names({ hardware: null }, { environment })).toEqual(['numpy']);
  });
  it('is read from the same source as what it would repeat', () => {
    const side = sideFrom({ code: { commit: 'aaa', repository: 'git@x:y', dirty: false, diff: null, script: 'train.py', files: null }, data: [{ name: 'digits', role: 'train', digest: 'd1', meaning: null, rows: null, columns: null, form: 'csv' }], params: new Map([['lr', '0.3']]), defaults: new Map([['aug', 'none']]), environment: BASE.environment }, null);
    expect(changesAtStart(BASE, side, TOOLS)).toEqual({ unknown: [], changed: [{ kind: 'CONFIG', name: 'lr', from: '0.1', to: '0.3' }] });
  });
});

describe('the warning', () => {
  const two = changesAtStart(BASE, { ...BASE, params: new Map([['lr', '0.3'], ['aug', 'mixup']]) }, TOOLS).changed;
  it('names the variables and what they were compared with', () => {
    expect(warningAtStart(two, { against: 'BASELINE', experiment: 'VIS-3' }, 'SINGLE_CHANGE')).toBe('Against the baseline of VIS-3, 2 variables changed (aug, lr), so no effect can be put down to one of them. Change one at a time, or use an ablation or factorial design.');
    expect(warningAtStart(two, { against: 'PARENT', experiment: 'VIS-2' }, 'SINGLE_CHANGE')).toMatch(/^Against the parent VIS-2, 2 variables changed/);
  });
  it('is none for one change, and for a design that takes effects apart', () => {
    expect(warningAtStart(two.slice(1), { against: 'BASELINE', experiment: 'VIS-3' }, 'SINGLE_CHANGE')).toBeNull();
    for (const design of ['FACTORIAL', 'ABLATION'] as const) expect(warningAtStart(two, { against: 'BASELINE', experiment: 'VIS-3' }, design)).toBeNull();
  });
});
