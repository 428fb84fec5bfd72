import { describe, expect, test } from 'vitest';
import { evidenceDelta, reasonWords, stillHolds } from './evidence-delta.ts';
import { EVIDENCE_KINDS, type EvidenceSnapshot, type SnapshotRun, type SnapshotVerdict } from './evidence-snapshot.ts';

const run = (name: string, more: Partial<SnapshotRun> = {}): SnapshotRun => ({ id: name, name, status: 'FINISHED', excluded: false, seed: '1', variant: 'v', endedAt: null, values: { acc: '0.9' }, mark: 'm', ...more });
const VERDICT: SnapshotVerdict = { outcome: 'SUPPORTED', metric: 'acc', effect: 0.3, ciLow: 0.2, ciHigh: 0.4, baselineRuns: 2, treatmentRuns: 2 };
const BEFORE: EvidenceSnapshot = {
  projectId: 'p', hypothesis: { statement: 's', metric: 'acc', minEffect: 0.1 }, description: null, design: 'SINGLE_CHANGE', baseline: 'none',
  variants: { v: { label: 'mixup', role: 'TREATMENT', code: 'a91f3c2', dirty: false, data: [{ name: 'digits', digest: 'd1', context: null }], environment: 'e1', config: 'c' } },
  runs: [run('1'), run('2')], more: 0,
  verdict: VERDICT,
};
const words = (change: Partial<EvidenceSnapshot>): string[] => evidenceDelta(BEFORE, { ...BEFORE, ...change }).map((each) => `${each.kind} ${each.words}`);
const verdict = (change: Partial<SnapshotVerdict>): SnapshotVerdict => ({ ...VERDICT, ...change });

test('nothing changed, nothing said', () => expect(words({})).toEqual([]));

describe('each change is a sentence of its own kind', () => {
  test.each<[string, Partial<EvidenceSnapshot>, string]>([
    ['a run that ended', { runs: [...BEFORE.runs, run('7')] }, 'RUNS run 7 ended'],
    ['runs that ended', { runs: [...BEFORE.runs, run('7'), run('8'), run('9'), run('10')] }, 'RUNS 4 runs ended (7, 8, 9 and 1 more)'],
    ['a run that failed', { runs: [...BEFORE.runs, run('7', { status: 'FAILED' })] }, 'RUNS run 7 failed or was stopped'],
    ['a run that is gone', { runs: [run('1')] }, 'RUNS run 2 was deleted or moved away'],
    ['a run left out', { runs: [run('1'), run('2', { excluded: true })] }, 'RUNS run 2 was left out'],
    ['a run that logged on', { runs: [run('1'), run('2', { mark: 'n' })] }, 'METRICS run 2 logged other values'],
    ['the bar', { hypothesis: { ...BEFORE.hypothesis, minEffect: 0.5 } }, 'HYPOTHESIS the hypothesis\' bar went from 0.1 to 0.5'],
    ['the description', { description: 'new' }, 'DESCRIPTION the description was changed'],
    ['the design', { design: 'SWEEP' }, 'DESIGN the design went from single change to sweep'],
    ['the baseline', { baseline: 'other' }, 'BASELINE the baseline went from none to other'],
    ['the project', { projectId: 'q' }, 'PROJECT the experiment was moved to another project'],
    ['the outcome', { verdict: verdict({ outcome: 'REFUTED' }) }, 'VERDICT the verdict went from supported to refuted'],
    ['the effect', { verdict: verdict({ effect: -0.1 }) }, 'VERDICT the effect moved from +0.3 to −0.1'],
    ['the interval', { verdict: verdict({ ciLow: 0.1 }) }, 'VERDICT its interval went from +0.2 to +0.4, to +0.1 to +0.4'],
    ['no verdict', { verdict: null }, 'VERDICT there is no verdict any more'],
  ])('%s', (_, change, sentence) => expect(words(change)).toEqual([sentence]));

  test('another version of code, data and environment', () => {
    const makeup = BEFORE.variants['v'];
    if (makeup === undefined) throw new Error('the fixture has a variant');
    expect(words({ variants: { v: { ...makeup, code: 'ffff', dirty: true, data: [{ name: 'digits', digest: 'd2', context: null }], environment: 'e2' } } })).toEqual([
      'CODE code ffff with uncommitted changes came in', 'CODE code a91f3c2 is gone', 'DATA data digits d2 came in', 'DATA data digits d1 is gone', 'ENVIRONMENT environment e2 came in', 'ENVIRONMENT environment e1 is gone',
    ]);
  });
});

describe('variants are told apart by their settings', () => {
  const made = (label: string, role: 'BASELINE' | 'TREATMENT', config: string) => ({ label, role, code: null, dirty: false, data: [], environment: null, config });
  const before: EvidenceSnapshot = { ...BEFORE, baseline: 'mixup none', variants: { v: made('mixup none', 'BASELINE', 'c1'), w: made('mixup 0.2', 'TREATMENT', 'c2') } };
  const heard = (change: Partial<EvidenceSnapshot>): string[] => evidenceDelta(before, { ...before, ...change }).map((each) => `${each.kind} ${each.words}`);
  const renamed = { v: made('lr 0.1, mixup none', 'BASELINE', 'c1'), w: made('lr 0.1, mixup 0.2', 'TREATMENT', 'c2') } as const;

  test('an odd run that renames all of them is the only one that came in', () =>
    expect(heard({ baseline: 'lr 0.1, mixup none', variants: { ...renamed, x: made('lr 0.1 , mixup 0.2', 'TREATMENT', 'c3') } })).toEqual(['CONFIG variant lr 0.1 , mixup 0.2 came in']));
  test('one that is gone is named as it was known', () => expect(heard({ variants: { v: before.variants['v'] as never } })).toEqual(['CONFIG variant mixup 0.2 is gone']));
  test('another baseline is one', () =>
    expect(heard({ baseline: 'mixup off', variants: { ...before.variants, v: made('mixup off', 'BASELINE', 'c9') } })).toEqual(['BASELINE the baseline went from mixup none to mixup off', 'CONFIG variant mixup off came in', 'CONFIG variant mixup none is gone']));
});

test('the reason is the cause and what it did', () => {
  const ended = { runs: [...BEFORE.runs, run('7')] };
  const reason = (change: Partial<EvidenceSnapshot>) => reasonWords(evidenceDelta(BEFORE, { ...BEFORE, ...change }));
  expect(reason({ ...ended, verdict: verdict({ effect: 0.1 }) })).toBe('run 7 ended and moved the effect from +0.3 to +0.1');
  expect(reason({ ...ended, verdict: verdict({ outcome: 'INCONCLUSIVE' }) })).toBe('run 7 ended, and the verdict went from supported to inconclusive');
  expect(reason(ended)).toBe('run 7 ended');
  expect(reason({ verdict: verdict({ effect: 0.1 }) })).toBe('the effect moved from +0.3 to +0.1');
  expect(reason({})).toBeNull();
});

test('a decision holds over changes that do not matter, and over nothing that cannot be told', () => {
  const commented = { ...BEFORE, description: 'new' };
  expect(stillHolds(BEFORE, commented, EVIDENCE_KINDS)).toBe(false);
  expect(stillHolds(BEFORE, commented, EVIDENCE_KINDS.filter((kind) => kind !== 'DESCRIPTION'))).toBe(true);
  expect(stillHolds(BEFORE, { ...commented, runs: [] }, EVIDENCE_KINDS.filter((kind) => kind !== 'DESCRIPTION'))).toBe(false);
  expect(stillHolds(null, commented, [])).toBe(false);
  // Two digests and no difference that is known: something else changed.
  expect(stillHolds(BEFORE, BEFORE, [])).toBe(false);
});
