import { count } from '../../_ui/numbers.ts';
import type { CodeCapture, CodeRun } from './code-documents.ts';

/** What is not known of the code that a run ran, in sentences. */
export function lacksOf({ codeVersion, capture }: Pick<CodeRun, 'codeVersion' | 'capture'>): readonly string[] {
  const dirty = codeVersion?.dirty === true;
  const code = capture?.code ?? null;
  if (code === null) return [dirty ? 'Nobody captured it: it had uncommitted changes, and what they were is not known.' : 'Nobody captured it: only what its client said of git is known.'];
  return [...(dirty && !keepsAny(code) ? ['It had uncommitted changes that were not kept.'] : []), ...lacksOfDiff(code.diff), ...lacksBeside(code)];
}

/** A submodule that changed makes a version with changes, too; it is named by itself. */
const keepsAny = ({ diff, untracked, submodules }: CodeCapture): boolean => diff !== null || untracked.length > 0 || submodules.some(({ dirty }) => dirty);

function lacksOfDiff(diff: CodeCapture['diff']): readonly string[] {
  if (diff === null) return [];
  const masked = diff.masked > 0 ? [`${count(diff.masked, 'secret')} in its changes ${diff.masked === 1 ? 'is' : 'are'} masked, so those lines are not what ran.`] : [];
  if (diff.file === null) return ['Its uncommitted changes have not arrived yet.', ...masked];
  return diff.file.sha256 === diff.sha256 ? masked : ['The file of its changes was written over since: it is not the one that was captured.', ...masked];
}

function lacksBeside({ leftOut, submodules }: CodeCapture): readonly string[] {
  const left = leftOut.length > 0 ? [`${count(leftOut.length, 'file')} beside it ${leftOut.length === 1 ? 'was' : 'were'} seen and not kept.`] : [];
  return [...left, ...submodules.filter(({ dirty }) => dirty).map(({ path }) => `The submodule ${path} had changes of its own, which are not kept.`)];
}
