import { describe, expect, test } from 'vitest';
import type { CheckKey } from './check-keys.ts';
import { missingChecks, suggestedChecks, tickRefusal, type CheckedFacts } from './checks.ts';
import type { EvidenceSnapshot, SnapshotMakeup, SnapshotRun, SnapshotVerdict } from './evidence-snapshot.ts';

const MAKEUP: SnapshotMakeup = { label: 'mixup', role: 'TREATMENT', code: 'a91f3c2', dirty: false, data: [{ name: 'train', digest: 'd1', context: 'training' }, { name: 'val', digest: 'd2', context: 'validation' }], environment: 'e1', config: 'c' };
const run = (id: string, variant: string, more: Partial<SnapshotRun> = {}): SnapshotRun => ({ id, name: id, status: 'FINISHED', excluded: false, seed: '1', variant, endedAt: 0, values: { val_acc: variant === 'b' ? '0.9' : '0.92' }, mark: 'm', ...more });
const VERDICT: SnapshotVerdict = { outcome: 'SUPPORTED', metric: 'val_acc', effect: 0.02, ciLow: 0.01, ciHigh: 0.03, baselineRuns: 2, treatmentRuns: 2 };
const EVIDENCE: EvidenceSnapshot = {
  projectId: 'p', hypothesis: { metric: 'val_acc' }, description: null, design: 'SINGLE_CHANGE', baseline: 'none',
  variants: { b: { ...MAKEUP, label: 'none', role: 'BASELINE' }, t: MAKEUP },
  runs: [run('1', 'b'), run('2', 'b', { values: { val_acc: '0.91' } }), run('3', 't'), run('4', 't')], more: 0,
  verdict: VERDICT,
};
const GOOD: CheckedFacts = { evidence: EVIDENCE, design: 'SINGLE_CHANGE', changedVariables: 1, attributionWarning: null, activeRuns: 0, pending: false, runsNeeded: null, runsBeforeHypothesis: 0, duplicates: [] };
const state = (key: CheckKey, change: Partial<CheckedFacts>) => { const found = suggestedChecks({ ...GOOD, ...change }, [], 'now').find((check) => check.key === key); return found && `${found.state} ${found.sentence}`; };
const evidence = (change: Partial<EvidenceSnapshot>): Partial<CheckedFacts> => ({ evidence: { ...EVIDENCE, ...change } });
const variants = (change: Partial<SnapshotMakeup>): Partial<CheckedFacts> => evidence({ variants: { b: { ...MAKEUP, label: 'none', role: 'BASELINE' }, t: { ...MAKEUP, ...change } } });

test('an experiment with nothing to say against it passes all that Lemma can look at', () => {
  expect(suggestedChecks(GOOD, [], 'now').filter((check) => check.state !== 'GOOD').map(({ key }) => key)).toEqual(['test-untouched', 'plausible']);
});

describe('each doubt is raised by its own check', () => {
  test.each<[CheckKey, Partial<CheckedFacts>, string]>([
    ['stated', { runsBeforeHypothesis: 3 }, 'BAD Stated after 3 of 4 runs'],
    ['stated', evidence({ hypothesis: null }), 'OPEN No hypothesis is stated'],
    ['attribution', { attributionWarning: 'x', changedVariables: 2 }, 'BAD 2 variables changed together'],
    ['attribution', { changedVariables: 0 }, 'OPEN No variable changed'],
    ['attribution', evidence({ baseline: null }), 'OPEN No change to look at yet'],
    ['baseline', evidence({ baseline: null }), 'OPEN No baseline is chosen'],
    ['repeats', evidence({ verdict: null }), 'OPEN No verdict yet'],
    ['repeats', evidence({ verdict: { ...VERDICT, treatmentRuns: 1 } }), 'BAD Too few repeats to tell'],
    ['repeats', evidence({ verdict: { ...VERDICT, outcome: 'INCONCLUSIVE' } }), 'OPEN Not enough repeats to decide'],
    ['settled', { activeRuns: 2 }, 'OPEN Runs are still going'],
    ['settled', { pending: true }, 'OPEN The verdict is being computed'],
    ['baseline', evidence({ runs: EVIDENCE.runs.map((one) => (one.variant === 't' ? { ...one, endedAt: 61 * 86_400_000 } : one)) }), 'OPEN Baseline ran 61 days before'],
    ['duplicates', { duplicates: ['VIS-7'] }, 'OPEN Repeats VIS-7'],
    ['reproducible', variants({ dirty: true }), 'BAD Code with uncommitted changes'],
    ['reproducible', variants({ dirty: true, diff: 'abcdef012345' }), 'GOOD Can be run again'],
    ['reproducible', variants({ code: null, environment: null }), 'OPEN Not recorded well enough to run again'],

    ['jump', evidence({ runs: EVIDENCE.runs.map((one) => (one.variant === 't' ? { ...one, values: { val_acc: '1' } } : one)) }), 'OPEN A perfect result'],
    ['jump', evidence({ runs: EVIDENCE.runs.map((one) => (one.variant === 't' ? { ...one, values: { val_acc: '0.5' } } : one)) }), 'OPEN A suspicious jump'],
    ['jump', evidence({ baseline: null, verdict: null, runs: [run('3', 't', { values: { val_acc: '1' } })] }), 'OPEN A perfect result'],
    ['jump', evidence({ verdict: null, runs: [run('1', 'b')] }), 'OPEN No result to look at yet'],
    ['left-out', evidence({ runs: [...EVIDENCE.runs, run('5', 't', { excluded: true })] }), 'OPEN 1 run was left out'],
  ])('%s', (key, change, said) => expect(state(key, change)).toBe(said));

  test('data on both sides is told by its digest', () => {
    const leaky = { ...MAKEUP, data: [{ name: 'a', digest: 'same', context: 'training' }, { name: 'b', digest: 'same', context: 'validation' }] };
    const said = 'BAD Trained and measured on the same data';
    expect(state('split', evidence({ variants: { t: leaky } }))).toBe(said);
    expect(state('split', evidence({ variants: { b: { ...MAKEUP, role: 'BASELINE' }, t: leaky } })), 'whichever variant it is').toBe(said);
    const rewritten = { ...MAKEUP, data: [{ name: 'a.csv', digest: 'one', context: 'train', meaning: 'm' }, { name: 'a.jsonl', digest: 'other', context: 'test', meaning: 'm' }] };
    expect(state('split', evidence({ variants: { t: rewritten } })), 'the same rows in another form').toBe(said);
    const [trains, measures] = [{ ...MAKEUP, data: [{ name: 'a', digest: 'same', context: 'training' }] }, { ...MAKEUP, data: [{ name: 'a', digest: 'same', context: 'testing' }] }];
    expect(state('split', evidence({ variants: { t: trains, u: measures } }))).toBe('OPEN One variant is measured on what another is trained on');
    expect(state('split', evidence({ variants: { t: trains } }))).toBe('OPEN Training and held-out data are not told apart');
  });

  test('choosing among treatments by a test metric is told', () => {
    const by = { ...VERDICT, metric: 'test_acc' };
    expect(state('test-metric', evidence({ verdict: by }))).toBe('GOOD The test set was not used to choose');
    expect(state('test-metric', evidence({ verdict: by, variants: { ...EVIDENCE.variants, u: { ...MAKEUP, label: 'other' } } }))).toBe('OPEN Chosen among 2 treatments by test_acc');
  });
});

test('a person’s newest word on this evidence stands, on other evidence it does not', () => {
  const tick = { key: 'plausible', good: true, personId: 'grace', note: null } as const;
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 0, minute));
  const stateWith = (ticks: Parameters<typeof suggestedChecks>[1]) => suggestedChecks(GOOD, ticks, 'now').find(({ key }) => key === 'plausible')?.state;
  expect(stateWith([{ ...tick, evidenceDigest: 'now', at: at(1) }])).toBe('GOOD');
  expect(stateWith([{ ...tick, evidenceDigest: 'now', at: at(1) }, { ...tick, good: false, evidenceDigest: 'now', at: at(2) }])).toBe('BAD');
  expect(stateWith([{ ...tick, evidenceDigest: 'before', at: at(1) }])).toBe('OPEN');
});

test('what a policy asks for and is not good is missing', () => {
  const checks = suggestedChecks(GOOD, [], 'now');
  expect(missingChecks(checks, ['stated', 'plausible']).map(({ key }) => key)).toEqual(['plausible']);
});

test('nobody overrules Lemma on their own work', () => {
  const refusal = (personId: string, key: CheckKey, good = true, rule = { ownWork: false, ownRuns: true }) => tickRefusal({ personId, rule }, { key, good }, { ownerId: 'ada', loggedRuns: new Map([['alan', 2]]) });
  expect(refusal('ada', 'attribution')).toMatchObject({ code: 'review/own-work', message: 'You created this experiment, so someone else must review it. You may tick what only people can know.' });
  expect([refusal('ada', 'attribution', false), refusal('ada', 'plausible'), refusal('grace', 'attribution'), refusal('alan', 'attribution'), refusal('ada', 'attribution', true, { ownWork: true, ownRuns: true })]).toEqual([null, null, null, null, null]);
  expect(refusal('alan', 'attribution', true, { ownWork: false, ownRuns: false })?.code).toBe('review/own-work');
});
