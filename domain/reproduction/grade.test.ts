import { describe, expect, test } from 'vitest';
import { reproducibilityOf, type Grade, type ReproductionRecord } from './grade.ts';

const CODE: NonNullable<ReproductionRecord['code']> = { repository: 'https://example.org/vision.git', commit: 'c0ffee0', onRemote: true, dirty: false, diff: null, submodules: [], keptFiles: 0, leftOut: [] };
const WHOLE: ReproductionRecord = {
  code: CODE, command: ['python', 'train.py'], python: '3.11.2', packages: { numpy: '2.1.0' }, container: `sha256:${'c'.repeat(64)}`,
  datasets: [{ name: 'digits', digest: 'd'.repeat(64) }], seed: '1', seeds: {},
};
const diff = (masked: number) => ({ path: 'lemma/code/changes.diff', sha256: 'e'.repeat(64), bytes: 10, masked });
const code = (more: Partial<typeof CODE>): Partial<ReproductionRecord> => ({ code: { ...CODE, ...more } });

const CASES: readonly (readonly [what: string, more: Partial<ReproductionRecord>, grade: Grade, reason: string | null])[] = [
  ['everything', {}, 'A', null],
  ['a seed that a library told', { seed: null, seeds: { torch: '7' } }, 'A', null],
  ['uncommitted changes that were kept', code({ dirty: true, diff: diff(0) }), 'A', null],
  ['untracked files that were kept', code({ dirty: true, keptFiles: 2 }), 'A', null],
  ['no container', { container: null }, 'B', 'No container image is recorded by its digest: the libraries of the system may differ.'],
  ['no word on remotes', code({ onRemote: null }), 'B', 'Whether a remote branch holds the commit is not known.'],
  ['files that were left out', code({ leftOut: [{ path: 'a.bin', bytes: 9, why: 'no source file' }, { path: 'b.bin', bytes: 9, why: 'no source file' }] }), 'B', '2 files beside the code were seen and not kept.'],
  ['no dataset', { datasets: [] }, 'B', 'No dataset is recorded: if it read one, nobody can tell whether that is the same.'],
  ['a commit on no remote', code({ onRemote: false }), 'C', 'The commit was on no remote branch when the run began: push it, or only the machine it was made on has it.'],
  ['no remote', code({ repository: null, onRemote: false }), 'C', 'The repository has no remote: only the machine it was made on has the commit.'],
  ['source files without a commit', code({ commit: null, repository: null, onRemote: null, keptFiles: 3 }), 'C', 'It was in no commit: its source files were kept, but what they came from is not known.'],
  ['a digest that is no hash of all the data', { datasets: [{ name: 'digits', digest: 'a1b2c3d4' }] }, 'C', 'digits has no SHA-256 of all the data: nobody can tell whether it is the same.'],
  ['data that could not be read', { datasets: ['a', 'b', 'c', 'd'].map((name) => ({ name, digest: 'unreadable-0' })) }, 'C', 'a, b, c and 1 more have no SHA-256 of all the data: nobody can tell whether they are the same.'],
  ['no seed', { seed: null }, 'C', 'No seed is recorded: the result can only be met within its spread.'],
  ['only states of generators', { seed: null, seeds: { numpy: 'state:0011', jax: 'implementation:rbg' } }, 'C', 'No seed is recorded: the result can only be met within its spread.'],
  ['changes that were not kept', code({ dirty: true }), 'D', 'There were uncommitted changes, and they were not kept.'],
  ['changes that were too large', code({ leftOut: [{ path: 'weights.py', bytes: 9e6, why: 'changed, and larger than 5 MB: not in the diff' }] }), 'D', 'Uncommitted changes were too large to keep: weights.py.'],
  ['a masked diff', code({ dirty: true, diff: diff(1) }), 'D', '1 secret was masked in the uncommitted changes: they cannot be applied as they are.'],
  ['a changed submodule', code({ dirty: true, submodules: [{ path: 'vendor/x', commit: 'abcdef1', dirty: true }] }), 'D', 'The submodule vendor/x had changes that were not kept.'],
  ['a submodule without a commit', code({ submodules: [{ path: 'vendor/x', commit: null, dirty: false }] }), 'D', 'The commit of the submodule vendor/x is not recorded.'],
  ['no command', { command: null }, 'D', 'The command line is not recorded.'],
  ['no interpreter', { python: null }, 'D', 'The version of the interpreter is not recorded.'],
  ['no packages', { packages: null }, 'D', 'No packages are recorded.'],
  ['packages without versions', { packages: { numpy: '', scipy: '', torch: '2.4' } }, 'D', 'numpy and scipy are recorded without a version.'],
  ['no commit', code({ commit: null }), 'E', 'No commit is recorded, and no source files were kept: its code is not known.'],
  ['no code at all', { code: null }, 'E', 'No commit is recorded, and no source files were kept: its code is not known.'],
];

describe('the grade of a run', () => {
  test.each(CASES)('%s', (_, more, grade, reason) => {
    expect(reproducibilityOf({ ...WHOLE, ...more })).toEqual({ grade, reasons: reason === null ? [] : [reason] });
  });

  test('the worst lack decides, and is said first', () => {
    const { grade, reasons } = reproducibilityOf({ code: null, command: null, python: null, packages: null, container: null, datasets: [], seed: null, seeds: {} });
    expect(grade).toBe('E');
    expect(reasons).toHaveLength(7);
    expect(reasons[0]).toMatch('its code is not known');
    expect(reasons.at(-1)).toMatch('No dataset');
  });
});
