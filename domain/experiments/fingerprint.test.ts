import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { attributionWarning, changedVariables, unionOfChanges } from './changed-variables.ts';
import { evidenceDigest, type Evidence } from './evidence.ts';
import { fingerprintOf, makeupOf, type RunMakeup } from './fingerprint.ts';
import { variantLabels } from './variant-label.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const SEEDS = ['seed', 'random_seed', 'random_state'];
const run: RunMakeup = {
  codeCommit: 'abc', codeRepository: 'https://example.org/vision.git', codeDirty: false, sourceName: '/home/ada/train.py',
  datasets: [{ name: 'digits', digest: 'd1', context: 'training' }],
  params: new Map([['lr', '0.1'], ['epochs', '5'], ['seed', '1']]),
  environment: { python: '3.11.2', packages: { numpy: '2.1.0' } },
};
const makeup = (changes: Partial<RunMakeup> = {}) => makeupOf({ ...run, ...changes }, SEEDS);
const params = (...entries: [string, string][]): Partial<RunMakeup> => ({ params: new Map(entries) });
const print = (changes: Partial<RunMakeup> = {}): string => fingerprintOf(makeup(changes), digest);

describe('fingerprint', () => {
  test.each<[string, Partial<RunMakeup>]>([
    ['another seed', params(['lr', '0.1'], ['epochs', '5'], ['seed', '2'])],
    ['no seed', params(['lr', '0.1'], ['epochs', '5'])],
    ['a seed of another name', params(['lr', '0.1'], ['epochs', '5'], ['random_state', '2'])],
    ['params logged in another order', params(['seed', '1'], ['epochs', '5'], ['lr', '0.1'])],
    ['the same script in another folder', { sourceName: 'C:\\work\\train.py' }],
    ['the same commit from another remote', { codeRepository: 'git@example.org:vision.git' }],
    ['packages in another order', { environment: { python: '3.11.2', packages: { numpy: '2.1.0' } } }],
  ])('is the same for %s', (_what, changes) => {
    expect(print(changes)).toBe(print());
  });

  test.each<[string, Partial<RunMakeup>]>([
    ['a param', params(['lr', '0.2'], ['epochs', '5'])],
    ['a param more', params(['lr', '0.1'], ['epochs', '5'], ['aug', 'mixup'])],
    ['the commit', { codeCommit: 'def' }],
    ['uncommitted changes', { codeDirty: true }],
    ['uncommitted changes that were captured', { codeDirty: true, codeDiff: 'd'.repeat(64) }],
    ['files in no commit', { codeDiff: 'e'.repeat(64) }],
    ['the script', { sourceName: 'train2.py' }],
    ['the data', { datasets: [{ name: 'digits', digest: 'd2', context: 'training' }] }],
    ["the data's role", { datasets: [{ name: 'digits', digest: 'd1', context: 'evaluation' }] }],
    ['a package', { environment: { python: '3.11.2', packages: { numpy: '2.2.0' } } }],
    ['an unknown environment', { environment: null }],
  ])('differs with %s', (_what, changes) => {
    expect(print(changes)).not.toBe(print());
  });

  test('runs of one commit with different uncommitted changes are two variants', () => {
    const dirty = (codeDiff: string) => ({ codeDirty: true, codeDiff });
    expect(print(dirty('a'.repeat(64)))).not.toBe(print(dirty('b'.repeat(64))));
    expect(print(dirty('a'.repeat(64)))).toBe(print(dirty('a'.repeat(64))));
    expect([...makeup(dirty('abcdef0123456789')).CODE]).toContainEqual(['uncommitted changes', 'abcdef012345']);
  });

  test('names and values cannot be confused with each other', () => {
    expect(print(params(['a', 'b=c']))).not.toBe(print(params(['a=b', 'c'])));
  });

  test('without a commit the repository says what the code was', () => {
    expect(print({ codeCommit: null })).not.toBe(print({ codeCommit: null, codeRepository: 'https://example.org/other.git' }));
  });
});

describe('changed variables', () => {
  test('each item that differs, by kind and name, with both values', () => {
    const treatment = makeup({ ...params(['lr', '0.1'], ['aug', 'mixup'], ['seed', '7']), codeCommit: 'def', datasets: [], environment: { packages: { numpy: '2.2.0' } } });
    expect(changedVariables(makeup(), treatment)).toEqual([
      { kind: 'CODE', name: 'commit', from: 'abc', to: 'def' },
      { kind: 'DATA', name: 'digits (training)', from: 'd1', to: null },
      { kind: 'CONFIG', name: 'aug', from: null, to: 'mixup' },
      { kind: 'CONFIG', name: 'epochs', from: '5', to: null },
      { kind: 'ENVIRONMENT', name: 'numpy', from: '2.1.0', to: '2.2.0' },
      { kind: 'ENVIRONMENT', name: 'python', from: '3.11.2', to: null },
    ]);
  });

  test('two digests of one dataset name in one role are both kept', () => {
    const twice = makeup({ datasets: ['b', 'a'].map((each) => ({ name: 'digits', digest: each, context: null })) });
    expect(twice.DATA).toEqual(new Map([['digits', 'a, b']]));
  });

  test('the union names each variable once, with the values of all treatments', () => {
    const changes = ['0.01', '0.2', '0.01'].map((lr) => changedVariables(makeup(), makeup(params(['lr', lr], ['epochs', '5']))));
    expect(unionOfChanges(changes)).toEqual([{ kind: 'CONFIG', name: 'lr', from: '0.1', to: '0.01, 0.2' }]);
    expect(unionOfChanges([])).toEqual([]);
  });

  test('the union has a value once, however treatments write it', () => {
    const to = (value: string) => [{ kind: 'CONFIG' as const, name: 'lr', from: '0.1', to: value }];
    expect(unionOfChanges([to('1'), to('1.0'), to('2')])).toEqual([{ kind: 'CONFIG', name: 'lr', from: '0.1', to: '1, 2' }]);
  });

  test('a sweep over many values is shortened', () => {
    const changes = Array.from({ length: 9 }, (_, index) => changedVariables(makeup(), makeup(params(['lr', `1${index}`], ['epochs', '5']))));
    expect(unionOfChanges(changes)[0]?.to).toBe('10, 11, 12, 13, 14 and 4 more');
  });

  test('more than one without a design that takes effects apart is flagged', () => {
    const two = [{ name: 'lr' }, { name: 'aug' }];
    expect(attributionWarning(two, 'SINGLE_CHANGE')).toBe('2 variables changed (lr, aug), so no effect can be put down to one of them. Change one at a time, or use an ablation or factorial design.');
    expect(attributionWarning(two, 'SWEEP')).not.toBeNull();
    for (const design of ['ABLATION', 'FACTORIAL'] as const) expect(attributionWarning(two, design)).toBeNull();
    expect(attributionWarning(two.slice(1), 'SINGLE_CHANGE')).toBeNull();
  });
});

describe('labels', () => {
  test('say what tells the variants apart', () => {
    const variants = [makeup(), makeup(params(['lr', '0.2'], ['epochs', '5'])), makeup(params(['lr', '0.1'], ['epochs', '5'], ['aug', 'mixup']))];
    expect(variantLabels(variants)).toEqual(['no aug lr=0.1', 'no aug lr=0.2', 'aug=mixup lr=0.1']);
  });

  test('a single variant is named by its params, and one without params says so', () => {
    expect(variantLabels([makeup()])).toEqual(['epochs=5 lr=0.1']);
    expect(variantLabels([makeup(params())])).toEqual(['no params']);
  });

  test('code and long values are shortened, and no more than three items are named', () => {
    const long = 'a very long augmentation policy indeed';
    const variants = [makeup({ codeCommit: '0123456789abcdef', ...params(['a', long], ['b', '1'], ['c', '1']) }), makeup(params(['a', 'x'], ['b', '2'], ['c', '2']))];
    expect(variantLabels(variants)[0]).toBe('a=a very long augmentatio… b=1 c=1 and 1 more');
  });

  test('name what sets a variant apart from each of the others, however much they differ in beside it', () => {
    // One run came without datasets and script: in those it differs from the others, which differ from each other in mixup alone.
    const datasets = ['digits', 'test', 'valid'].map((name) => ({ name, digest: 'd1', context: null }));
    const variants = [makeup({ datasets, ...params(['mixup', '0']) }), makeup({ datasets, ...params(['mixup', '0.2']) }), makeup({ datasets: [], codeCommit: null, ...params(['mixup', '0.2'], ['shift', '1']) })];
    const labels = variantLabels(variants);
    expect(new Set(labels).size).toBe(3);
    expect(labels.map((label) => /mixup=\S+/.exec(label)?.[0])).toEqual(['mixup=0', 'mixup=0.2', 'mixup=0.2']);
    expect(labels[2]).toContain('shift=1');
  });

  test('are never equal: an ablation of ten parts, and values that are equal once they are shortened', () => {
    const parts = 'abcdefghij'.split('').map((name): [string, string] => [name, 'on']);
    const ablation = [makeup(params(...parts)), ...parts.map(([off]) => makeup(params(...parts.map(([name]): [string, string] => [name, name === off ? 'off' : 'on']))))];
    const labels = variantLabels(ablation);
    expect(new Set(labels).size).toBe(11);
    expect(labels[10]).toBe('a=on b=on j=off and 7 more');
    const long = 'an augmentation policy of many words, ';
    expect(variantLabels([makeup(params(['a', `${long}one`])), makeup(params(['a', `${long}two`]))])).toEqual(['a=an augmentation policy …', 'a=an augmentation policy … (2)']);
  });
});

describe('evidence digest', () => {
  const evidence: Evidence = {
    hypothesis: { statement: 's', change: null, because: null, metric: 'acc', direction: 'INCREASE', minEffect: 0.01, guardrails: [] },
    projectId: 'prj_1', description: null, design: 'SINGLE_CHANGE', baselineFingerprint: 'f', verdict: null,
    runs: ['r1', 'r2'].map((id) => ({ id, status: 'FINISHED', excluded: false, counted: true, fingerprint: 'f', seed: '1', metrics: [{ key: 'acc', count: 3, lastValue: 0.9 }] })),
  };
  const of = (changes: Partial<Evidence> = {}): string => evidenceDigest({ ...evidence, ...changes }, digest);
  const [first, ...others] = evidence.runs;
  const firstRun = (changes: Partial<Evidence['runs'][number]>): Partial<Evidence> => ({ runs: first ? [{ ...first, ...changes }, ...others] : [] });

  test.each<[string, Partial<Evidence>]>([
    ['a run more', { runs: [...evidence.runs, ...evidence.runs.slice(0, 1).map((each) => ({ ...each, id: 'r3' }))] }],
    ['a run less', { runs: others }],
    ['an excluded run', firstRun({ excluded: true, counted: false })],
    ['a point more of any metric', firstRun({ metrics: [{ key: 'acc', count: 4, lastValue: 0.9 }] })],
    ['another last value, NaN included', firstRun({ metrics: [{ key: 'acc', count: 3, lastValue: Number.NaN }] })],
    ['other code, data, config or environment', firstRun({ fingerprint: 'g' })],
    ['another minimum effect', { hypothesis: evidence.hypothesis && { ...evidence.hypothesis, minEffect: 0.02 } }],
    ['another reason', { hypothesis: evidence.hypothesis && { ...evidence.hypothesis, because: 'it regularises' } }],
    ['another baseline', { baselineFingerprint: 'g' }],
    ['another project, whose reviewers are others', { projectId: 'prj_2' }],
    ['another description', { description: 'now with notes' }],
  ])('changes with %s', (_what, changes) => {
    expect(of(changes)).not.toBe(of());
  });

  test('does not change with the order things are read in', () => {
    expect(of({ runs: evidence.runs.toReversed() })).toBe(of());
  });
});
