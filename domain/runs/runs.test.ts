import { expect, test } from 'vitest';
import { artifactFilePath, artifactPath } from '../artifacts/artifact-path.ts';
import { joinEnvironments, environmentText, readPythonEnvironment, readRequirements } from './environment.ts';
import { readHypothesisTags } from './hypothesis-tags.ts';
import { pythonText, requireUnchanged } from './params.ts';
import { runNameFrom } from './run-name.ts';
import { changesFingerprint, factsFromTags, factsWithoutTag, seedFrom } from './run-tags.ts';
import { parseTrackedName, shownName, showTrackedName } from './tracked-name.ts';

const map = (entries: Record<string, string>): ReadonlyMap<string, string> => new Map(Object.entries(entries));

test.each([
  ['vision/cutmix', 'vision', 'cutmix'],
  ['vision/a/b', 'vision', 'a/b'],
  ['cutmix', 'sandbox', 'cutmix'],
  ['Vision Team/cut mix', 'vision-team', 'cut mix'],
  ['/Users/me/notebook', 'sandbox', '/Users/me/notebook'],
  ['vision/', 'sandbox', 'vision/'],
  ['視覚/実験', 'sandbox', '視覚/実験'],
])('RN1: %s is experiment of a project', (given, projectSlug, experimentName) => {
  expect(parseTrackedName(given)).toEqual({ projectSlug, experimentName });
});

test.each(['vision/cutmix', 'vision/a/b', 'cutmix', 'Vision Team/cut mix', '/Users/me/x', 'vision/', '視覚/実験', ' blanks ', 'sandbox/x', 'a//b'])('RN2: %s is shown as it was written', (given) => {
  expect(shownName(parseTrackedName(given), given)).toBe(given);
});

test('RN2: after a rename or a move the name shown is the one it has, and leads back to it', () => {
  expect(shownName({ projectSlug: 'audio', experimentName: 'cutmix' }, 'Vision Team/cut mix')).toBe('audio/cutmix');
  for (const where of [{ projectSlug: 'sandbox', experimentName: 'a/b' }, { projectSlug: 'sandbox', experimentName: 'plain' }, { projectSlug: 'vision', experimentName: 'a/b' }]) expect(parseTrackedName(showTrackedName(where))).toEqual(where);
});

test('MLflow\'s tags say who, from where and of which code', () => {
  expect(factsFromTags(map({
    'mlflow.user': 'ada', 'mlflow.source.name': 'train.py', 'mlflow.source.git.commit': 'abc', 'mlflow.source.git.branch': 'main', 'mlflow.source.git.dirty': 'True',
    'mlflow.source.git.repoURL': 'https://ada:secret@example.org/x.git', 'mlflow.parentRunId': 'f'.repeat(32), other: 'x',
  }))).toEqual({ userName: 'ada', sourceName: 'train.py', codeCommit: 'abc', codeBranch: 'main', codeDirty: true, codeRepository: 'https://example.org/x.git', parentRunId: 'f'.repeat(32) });
  expect(factsFromTags(map({ 'mlflow.parentRunId': 'not a run' }))).toEqual({ parentRunId: null });
  expect(factsWithoutTag('mlflow.source.git.commit')).toEqual({ codeCommit: null });
  expect(factsWithoutTag('other')).toEqual({});
  expect([changesFingerprint({ codeCommit: null }), changesFingerprint({ sourceName: 'train.py' }), changesFingerprint({ userName: 'x' })]).toEqual([true, true, false]);
});

test('RN3: the seed is the param of the first of three names', () => {
  expect(seedFrom(map({ random_state: '3', seed: '7' }))).toBe('7');
  expect(seedFrom(map({ random_state: '3', random_seed: '5' }))).toBe('5');
  expect(seedFrom(map({ random_state: 'None', lr: '1' }))).toBeNull();
});

test('RN4: a param never changes, in MLflow\'s words', () => {
  requireUnchanged('r', map({ a: '1', b: '2' }), map({ a: '1' }), 'batch');
  expect(() => { requireUnchanged('r', map({ a: '2' }), map({ a: '1' }), 'single'); }).toThrow("Changing param values is not allowed. Param with key='a' was already logged with value='1' for run ID='r'. Attempted logging new value '2'.");
  expect(() => { requireUnchanged('r', map({ a: '2' }), map({ a: "it's" }), 'batch'); }).toThrow(`Params were already logged='[{'key': 'a', 'old_value': "it's", 'new_value': '2'}]' for run ID='r'.`);
});

test.each([['a', "'a'"], ["it's", '"it\'s"'], ['"', "'\"'"], [`'"`, `'\\'"'`], ['a\nb\\', "'a\\nb\\\\'"], ['\u0001', "'\\x01'"]])('%j is written as Python does', (text, expected) => {
  expect(pythonText(text)).toBe(expected);
});

test('reserved tags fill a hypothesis; what says nothing is refused in a sentence', () => {
  expect(readHypothesisTags(map({ 'lemma.hypothesis': 'H', 'lemma.direction': ' Increase ', 'lemma.min_effect': '0.01', 'lemma.parent': 'VIS-1', 'lemma.because': '  ', team: 'x' }))).toEqual({ statement: 'H', direction: 'INCREASE', minEffect: 0.01, parentKey: 'VIS-1' });
  expect(() => readHypothesisTags(map({ 'lemma.direction': 'up' }))).toThrow('must be "increase" or "decrease"');
  for (const bad of ['much', '-1', 'NaN', 'Infinity']) expect(() => readHypothesisTags(map({ 'lemma.min_effect': bad })), bad).toThrow('must be a number, zero or more');
});

test.each(['../x', 'a/../../b', '/etc/passwd', '%2e%2e/x', '%252e%252e/x', 'a\\..\\b', 'c:/x', 'a#b', 'a\0b', 'a\nb', 'x'.repeat(1025)])('AR1: %j leads out of its place, or nowhere', (path) => {
  expect(() => artifactPath(path)).toThrow('Invalid path');
});

test('AR1: other paths are normalized, and odd names kept', () => {
  expect(artifactPath('a//b/./c/')).toBe('a/b/c');
  expect(artifactPath('')).toBe('');
  expect(artifactPath('100%.txt')).toBe('100%.txt');
  expect(artifactPath('...')).toBe('...');
  expect(artifactPath('ü 視覚 <script>.txt')).toBe('ü 視覚 <script>.txt');
  expect(() => artifactFilePath('./')).toThrow('Invalid path');
});

test('an environment is read from the files MLflow saves, and equal ones have equal texts', () => {
  const packages = readRequirements('mlflow==3.17.2\nScikit_Learn==1.9.1 ; python_version > "3"\n# note\nnumpy>=2\ntorch[cuda]===2.1\n');
  expect(packages).toEqual({ packages: { mlflow: '3.17.2', 'scikit-learn': '1.9.1', torch: '2.1' } });
  const python = readPythonEnvironment('python: 3.11.7\nbuild_dependencies:\n- pip==24\n');
  expect(joinEnvironments(packages, python)).toEqual({ python: '3.11.7', ...packages });
  expect(environmentText(joinEnvironments(python, packages))).toBe(environmentText(joinEnvironments(packages, python)));
});

test('a run without a name gets one that a person can say, the same for the same id', () => {
  expect(runNameFrom('00000000000000000000000000000000')).toBe('able-auk-0');
  expect(runNameFrom('ffff1234567890abcdef1234567890ab')).toMatch(/^[a-z]+-[a-z]+-\d{1,3}$/);
});
