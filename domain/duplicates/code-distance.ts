import type { Digest } from '../experiments/fingerprint.ts';
import type { Difference } from './config-distance.ts';
import { wordsOf } from './key-words.ts';
import { codeByCommit, codeByMeaning, computingFiles, scriptName, type CodeFile, type CodeSource } from './recipe.ts';

/** One side knows nothing of its code. */
const NOT_KNOWN = 0.03;
/** The same commit, with changes on top that nobody recorded. */
const UNRECORDED = 0.08;
/** Another commit, of which nothing more is known. */
const OTHER_COMMIT = 0.3;
const OTHER_SCRIPT = 0.3;
/** A function that reports, starts or checks; one that runs the loop; one that decides what is computed. */
const REPORTS = 0.008;
const STARTS = 0.03;
const RUNS = 0.06;
const DECIDES = 0.3;
/** Added for the share of all functions that changed. */
const SHARE = 0.3;

const WORDS_THAT_REPORT = new Set(['log', 'logs', 'logger', 'logging', 'print', 'plot', 'plots', 'draw', 'show', 'display', 'report', 'reports', 'summary', 'summarize', 'format', 'save', 'write', 'dump', 'checkpoint', 'record', 'video', 'progress', 'repr', 'str', 'wandb', 'tensorboard', 'mlflow', 'profile', 'timer', 'viz', 'visualize', 'callback', 'callbacks', 'banner', 'header', 'end']);
const WORDS_THAT_START = new Set(['main', 'cli', 'args', 'argparse', 'parser', 'entry', 'setup']);
const WORDS_THAT_RUN = new Set(['train', 'epoch', 'fit', 'run', 'loop', 'validate', 'validation', 'test', 'evaluate', 'eval', 'module']);
/** A step of the loop is what is computed. */
const WORDS_THAT_DECIDE = new Set(['step', 'forward', 'loss', 'split', 'augment', 'transform', 'reward', 'optimizer', 'optimizers']);

const isTest = (path: string): boolean => /(?:^|\/)(?:tests?\/|test_[^/]*$|conftest\.py$)/.test(path);

function functionWeight(path: string, name: string): number {
  if (isTest(path)) return 0;
  const words = wordsOf(name.split('.').at(-1) ?? name);
  if (words.some((word) => WORDS_THAT_DECIDE.has(word))) return DECIDES;
  if (words.some((word) => WORDS_THAT_REPORT.has(word))) return REPORTS;
  if (words.some((word) => WORDS_THAT_START.has(word))) return STARTS;
  return words.some((word) => WORDS_THAT_RUN.has(word)) ? RUNS : DECIDES;
}

/** What weighs in the code: functions by what their names say they do and the share that changed, where the meanings are known; else the commits. */
export function codeDifferences(from: CodeSource, to: CodeSource, digest: Digest): Difference[] {
  const [meant, means] = [codeByMeaning(from, digest), codeByMeaning(to, digest)];
  if (meant !== null && means !== null) return meant === means ? [] : [...scriptDifference(from, to), ...fileDifferences(computingFiles(from.files ?? []), computingFiles(to.files ?? []))];
  const [committed, commits] = [codeByCommit(from), codeByCommit(to)];
  if (committed !== null && committed === commits) return [];
  return [...scriptDifference(from, to), ...commitDifferences(from, to)];
}

function scriptDifference(from: CodeSource, to: CodeSource): Difference[] {
  const [before, after] = [scriptName(from.script), scriptName(to.script)];
  return before === after || before === '' || after === '' ? [] : [{ kind: 'CODE', name: 'script', from: before, to: after, weight: OTHER_SCRIPT }];
}

function commitDifferences(from: CodeSource, to: CodeSource): Difference[] {
  if (from.commit === null || to.commit === null) return from.commit === to.commit && from.repository === to.repository ? [] : [{ kind: 'CODE', name: 'commit', from: from.commit, to: to.commit, weight: NOT_KNOWN }];
  const state = ({ dirty, diff }: CodeSource): string => (dirty ? diff ?? 'not recorded' : 'none');
  if (from.commit !== to.commit) return [{ kind: 'CODE', name: 'commit', from: from.commit, to: to.commit, weight: OTHER_COMMIT }];
  const recorded = [from, to].every(({ dirty, diff }) => !dirty || diff !== null);
  return [{ kind: 'CODE', name: 'uncommitted changes', from: state(from), to: state(to), weight: recorded ? OTHER_COMMIT : UNRECORDED }];
}

interface Changed { readonly path: string; readonly name: string; readonly from: string | null; readonly to: string | null }

function fileDifferences(before: readonly CodeFile[], after: readonly CodeFile[]): Difference[] {
  const files = [new Map(before.map((file) => [file.path, file])), new Map(after.map((file) => [file.path, file]))] as const;
  const paths = new Set([...files[0].keys(), ...files[1].keys()]);
  const changed = [...paths].flatMap((path) => changedIn(path, files[0].get(path), files[1].get(path)));
  const all = Math.max(1, ...[before, after].map((side) => side.reduce((sum, { functions }) => sum + Math.max(1, Object.keys(functions ?? {}).length), 0)));
  const telling = changed.filter(({ path, name }) => functionWeight(path, name) > REPORTS).length;
  const share = (SHARE * telling) / all / Math.max(1, telling);
  return changed.map(({ path, name, from, to }): Difference => {
    const weight = functionWeight(path, name);
    return { kind: 'CODE', name: `${path}: ${name}`, from, to, weight: weight > REPORTS ? weight + share : weight };
  }).toSorted((a, b) => b.weight - a.weight);
}

/** Of a file whose functions all mean the same what stands outside of them has changed. */
function changedIn(path: string, before: CodeFile | undefined, after: CodeFile | undefined): Changed[] {
  if (before?.meaning === after?.meaning) return [];
  const [a, b] = [before?.functions ?? {}, after?.functions ?? {}];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]);
  const short = (meaning: string | undefined): string | null => meaning?.slice(0, 8) ?? null;
  if (names.length === 0) return [{ path, name: 'module', from: short(before?.meaning), to: short(after?.meaning) }];
  return names.map((name) => ({ path, name, from: short(a[name]), to: short(b[name]) }));
}
