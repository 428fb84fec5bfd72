import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { analyse, type AnalysedRun, type AnalysisSubject } from './analyse.ts';

const tools = { digest: (text: string): string => createHash('sha256').update(text).digest('hex'), seedParams: ['seed'] };
const run = (id: string, params: Readonly<Record<string, string>>, more: Partial<AnalysedRun> = {}): AnalysedRun => ({
  id, status: 'FINISHED', seed: null, excluded: false, logging: false, codeCommit: 'abc', codeRepository: null, codeDirty: false, sourceName: 'train.py', datasets: [], params: new Map(Object.entries(params)), environment: { packages: {} }, ...more,
});
const analysed = (runs: readonly AnalysedRun[], more: Partial<AnalysisSubject> = {}) =>
  analyse({ experimentId: 'exp', projectId: 'prj', description: null, design: 'SINGLE_CHANGE', baselineFingerprint: null, hypothesis: null, runs, baselineLabel: null, ...more }, new Map(), tools);

describe('a variant', () => {
  test('is one however its params are written, and shows them as they were written first', () => {
    const { variants, variantOfRun } = analysed([run('a', { depth: '1', lr: '1e-3', amp: 'True' }), run('b', { depth: '1.0', lr: '0.001', amp: 'true' }), run('c', { depth: '2', lr: '0.001', amp: 'true' })]);
    expect(variants.map(({ label, params }) => [label, params.map(({ value }) => value)])).toEqual([['depth=1', ['True', '1', '1e-3']], ['depth=2', ['true', '2', '0.001']]]);
    expect(variantOfRun.get('a')).toBe(variantOfRun.get('b'));
  });

  test('is two where the way of writing says something: a share and a count, a name of digits, two versions', () => {
    for (const [key, one, other] of [['max_features', '1', '1.0'], ['shard', '7', '007'], ['release', '1.1.0', '1.1']] as const) expect(analysed([run('a', { [key]: one }), run('b', { [key]: other })]).variants).toHaveLength(2);
  });

  test('has changed nothing that is only written differently', () => {
    const [baseline] = analysed([run('a', { lr: '0.1', depth: '1' })]).variants;
    const { variants, changedVariables } = analysed([run('a', { lr: '0.1', depth: '1' }), run('b', { lr: '0.10', depth: '2' })], { baselineFingerprint: baseline?.fingerprint ?? null });
    const depth = { kind: 'CONFIG', name: 'depth', from: '1', to: '2' };
    expect(variants.map(({ label, role, changed }) => [label, role, changed])).toEqual([['depth=1', 'BASELINE', []], ['depth=2', 'TREATMENT', [depth]]]);
    expect(changedVariables).toEqual([depth]);
  });

  test('goes by what the baseline was chosen by, whoever of its runs started first', () => {
    const [chosen] = analysed([run('b', { lr: '0.10' })]).variants;
    const { variants } = analysed([run('a', { lr: '0.1' }), run('b', { lr: '0.10' }), run('c', { lr: '1' })], { baselineFingerprint: chosen?.fingerprint ?? null });
    expect(variants.map(({ id, role }) => [id === chosen?.id, role])).toEqual([[true, 'BASELINE'], [false, 'TREATMENT']]);
  });

  test('is joined by a run that goes on, before its environment is known, however it writes', () => {
    const { variants, variantOfRun } = analysed([run('a', { lr: '0.1' }), run('b', { lr: '1e-1' }, { status: 'RUNNING', logging: true, environment: null })]);
    expect(variants).toHaveLength(1);
    expect(variantOfRun.get('b')).toBe(variants[0]?.id);
  });
});
