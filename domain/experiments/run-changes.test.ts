import { describe, expect, it } from 'vitest';
import { attributionWarning } from './changed-variables.ts';
import { runChanges, variablesIn, type RunSide } from './run-changes.ts';

const TOOLS = { digest: (text: string) => text, seedParams: ['seed'] };
const FILES = [{ path: 'train.py', meaning: 'm1', functions: { 'Trainer.fit': 'f1', 'Trainer.log': 'l1' } }, { path: 'model.py', meaning: 'm2', functions: { 'Net.forward': 'n1' } }];
const BASE: RunSide = {
  codeCommit: 'aaa', codeRepository: 'git@x:y', codeDirty: false, codeDiff: null, sourceName: '/home/ada/train.py', datasets: [{ name: 'digits', digest: 'd1', context: 'train', meaning: 'rows' }],
  params: new Map([['lr', '0.1'], ['seed', '1']]), environment: { python: '3.11.2', packages: { numpy: '2.1.0' } },
  files: FILES, defaults: new Map(), hardware: { cpu: 'EPYC', gpus: [{ name: 'H200', memoryBytes: null }], cuda: '12.4', driver: '550' },
};
const changes = (after: Partial<RunSide>, before: Partial<RunSide> = {}) => {
  const { changed, unknown } = runChanges({ ...BASE, ...before }, { ...BASE, ...after }, TOOLS);
  return { changed: changed.map(({ kind, name, from, to }) => `${kind} ${name} ${from ?? 'unset'} -> ${to ?? 'unset'}`), unknown };
};
const nothing = { changed: [], unknown: [] };

describe('the code', () => {
  it('is told by the functions that mean something else where both were captured, whatever the commits', () => {
    const files = [{ ...FILES[0], path: 'train.py', meaning: 'm9', functions: { 'Trainer.fit': 'f2', 'Trainer.log': 'l1' } }, ...FILES.slice(1)];
    expect(changes({ codeCommit: 'bbb', files }).changed).toEqual(['CODE train.py: Trainer.fit f1 -> f2']);
  });
  it('has not changed when another commit means the same', () => {
    expect(changes({ codeCommit: 'bbb', codeDirty: true, codeDiff: 'f'.repeat(64) })).toEqual(nothing);
  });
  it('is told by the commit where one side was not captured', () => {
    expect(changes({ codeCommit: 'bbb', files: null }).changed).toEqual(['CODE commit aaa -> bbb']);
  });
  it('is not known to have changed where one side names none', () => {
    expect(changes({ codeCommit: null, codeRepository: null, files: null })).toEqual({ changed: [], unknown: ['CODE'] });
  });
});

describe('config, data and environment', () => {
  it('differ in what they say and not in how it is written, and the seed is no part of it', () => {
    expect(changes({ params: new Map([['lr', '1e-1'], ['seed', '2']]) })).toEqual(nothing);
    expect(changes({ params: new Map([['lr', '0.3'], ['seed', '2']]) }).changed).toEqual(['CONFIG lr 0.1 -> 0.3']);
  });
  it('know a default that is given', () => {
    const params = new Map([['lr', '0.1'], ['momentum', '0.90']]);
    expect(changes({ params }, { defaults: new Map([['momentum', '0.9']]) })).toEqual(nothing);
    expect(changes({ params }, { defaults: new Map([['momentum', '0.5']]) }).changed).toEqual(['CONFIG momentum 0.5 -> 0.90']);
  });
  it('take the same rows in another form for the same data', () => {
    expect(changes({ datasets: [{ name: 'digits', digest: 'd2', context: 'train', meaning: 'rows' }] })).toEqual(nothing);
    expect(changes({ datasets: [{ name: 'digits', digest: 'd2', context: 'train', meaning: 'others' }] }).changed).toEqual(['DATA digits (train) d1 -> d2']);
    expect(changes({ datasets: [{ name: 'digits', digest: 'd2', context: 'train', meaning: null }] }).changed).toEqual(['DATA digits (train) d1 -> d2']);
  });
  it('are not called changed while a run has not said them yet', () => {
    expect(changes({ params: new Map(), datasets: [], environment: null })).toEqual({ changed: [], unknown: ['DATA', 'CONFIG', 'ENVIRONMENT'] });
  });
  it('name each package', () => {
    expect(changes({ environment: { python: '3.12.1', packages: { numpy: '2.2.0' } } }).changed).toEqual(['ENVIRONMENT numpy 2.1.0 -> 2.2.0', 'ENVIRONMENT python 3.11.2 -> 3.12.1']);
  });
});

describe('the machine', () => {
  it('is told where both saw it', () => {
    const hardware = { cpu: 'Xeon', gpus: [{ name: 'A100', memoryBytes: null }, { name: 'A100', memoryBytes: null }], cuda: null, driver: '550' };
    expect(changes({ hardware }).changed).toEqual(['ENVIRONMENT GPU H200 -> 2 × A100', 'ENVIRONMENT CPU EPYC -> Xeon']);
    expect(changes({ hardware: { ...hardware, gpus: [] } }).changed[0]).toBe('ENVIRONMENT GPU H200 -> none');
    expect(changes({ hardware: null })).toEqual(nothing);
    expect(changes({ hardware: { cpu: null, gpus: [], cuda: null, driver: null } })).toEqual(nothing);
  });
});

describe('what an effect can be put down to', () => {
  const CHANGED = [
    { kind: 'CODE', name: 'train.py: fit', from: 'a', to: 'b' }, { kind: 'CODE', name: 'model.py: Net.forward', from: 'a', to: 'b' }, { kind: 'CONFIG', name: 'lr', from: '0.1', to: '0.3' },
    { kind: 'ENVIRONMENT', name: 'numpy', from: '1', to: '2' }, { kind: 'ENVIRONMENT', name: 'GPU', from: 'A', to: 'B' }, { kind: 'ENVIRONMENT', name: 'CPU', from: 'A', to: 'B' },
  ] as const;
  it('counts the code and the machine once each', () => {
    expect(variablesIn(CHANGED).map(({ name }) => name)).toEqual(['code', 'lr', 'numpy', 'hardware']);
    expect(variablesIn(CHANGED.slice(1, 2))).toEqual([{ name: 'model.py: Net.forward' }]);
  });
  it('warns of several, and not of one idea in two functions', () => {
    expect(attributionWarning(variablesIn(CHANGED), 'SINGLE_CHANGE')).toMatch(/^4 variables changed \(code, lr, numpy, hardware\)/);
    expect(attributionWarning(variablesIn(CHANGED), 'FACTORIAL')).toBeNull();
    expect(attributionWarning(variablesIn(CHANGED.slice(0, 2)), 'SINGLE_CHANGE')).toBeNull();
  });
});
