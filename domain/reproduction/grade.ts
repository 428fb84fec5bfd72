import type { CapturedCode } from '../runs/capture.ts';

export type Grade = 'A' | 'B' | 'C' | 'D' | 'E';

/** What is recorded of a run, as far as it counts for doing it again. Null where nobody said anything of it. */
export interface ReproductionRecord {
  readonly code: Pick<CapturedCode, 'repository' | 'commit' | 'onRemote' | 'dirty' | 'diff' | 'submodules'> & { readonly keptFiles: number; readonly leftOut: CapturedCode['leftOut'] } | null;
  readonly command: readonly string[] | null;
  readonly python: string | null;
  /** Name to version; empty for a package whose version is not known. */
  readonly packages: Readonly<Record<string, string>> | null;
  /** Digest of the container's image. */
  readonly container: string | null;
  readonly datasets: readonly { readonly name: string; readonly digest: string }[];
  /** Its param, and what was seen of the generators of libraries. */
  readonly seed: string | null;
  readonly seeds: Readonly<Record<string, string>>;
}

/** Something that is missing, and the best grade a run can have without it. */
interface Lack { readonly grade: Exclude<Grade, 'A'>; readonly reason: string }

/** How well a run can be done again, and what keeps it from more: the heaviest first. */
export interface Reproducibility { readonly grade: Grade; readonly reasons: readonly string[] }

/**
 * A: everything is recorded, down to the container. B: code, packages, data and seed are; something around them is not. C: who has all of it gets a like result, but nobody can tell that it is the same.
 * D: it cannot be built again without guessing. E: its code is not known. The worst lack decides: nine things that are there do not make up for code that is gone.
 */
export function reproducibilityOf(record: ReproductionRecord): Reproducibility {
  const lacks = [...lacksOfCode(record.code), ...lacksOfCommand(record.command), ...lacksOfEnvironment(record), ...lacksOfData(record.datasets), ...lacksOfSeed(record)]
    .toSorted((a, b) => (a.grade === b.grade ? 0 : a.grade > b.grade ? -1 : 1));
  return { grade: lacks[0]?.grade ?? 'A', reasons: lacks.map(({ reason }) => reason) };
}

function lacksOfCode(code: ReproductionRecord['code']): Lack[] {
  if (code === null || (code.commit === null && code.keptFiles === 0)) return [{ grade: 'E', reason: 'No commit is recorded, and no source files were kept: its code is not known.' }];
  const changes = [...lacksOfChanges(code), ...code.submodules.flatMap(lacksOfSubmodule)];
  if (code.commit === null) return [{ grade: 'C', reason: 'It was in no commit: its source files were kept, but what they came from is not known.' }, ...changes];
  return [...lacksOfPlace(code), ...changes];
}

function lacksOfPlace({ repository, onRemote }: Pick<CapturedCode, 'repository' | 'onRemote'>): Lack[] {
  if (repository === null) return [{ grade: 'C', reason: 'The repository has no remote: only the machine it was made on has the commit.' }];
  if (onRemote === false) return [{ grade: 'C', reason: 'The commit was on no remote branch when the run began: push it, or only the machine it was made on has it.' }];
  return onRemote === null ? [{ grade: 'B', reason: 'Whether a remote branch holds the commit is not known.' }] : [];
}

function lacksOfChanges({ dirty, diff, keptFiles, leftOut, submodules }: NonNullable<ReproductionRecord['code']>): Lack[] {
  const lacks: Lack[] = [];
  const explained = diff !== null || keptFiles > 0 || submodules.some((module) => module.dirty);
  if (dirty && !explained) lacks.push({ grade: 'D', reason: 'There were uncommitted changes, and they were not kept.' });
  if (diff !== null && diff.masked > 0) lacks.push({ grade: 'D', reason: `${counted(diff.masked, 'secret was', 'secrets were')} masked in the uncommitted changes: they cannot be applied as they are.` });
  const [lost, beside] = [leftOut.filter(isChange), leftOut.filter((file) => !isChange(file))];
  if (lost.length > 0) lacks.push({ grade: 'D', reason: `Uncommitted changes were too large to keep: ${listed(lost.map(({ path }) => path))}.` });
  if (beside.length > 0) lacks.push({ grade: 'B', reason: `${counted(beside.length, 'file', 'files')} beside the code ${beside.length === 1 ? 'was' : 'were'} seen and not kept.` });
  return lacks;
}

/** Whether what was not kept is a change of a file that git knows, or all changes, in the words of the client. */
const isChange = ({ path, why }: CapturedCode['leftOut'][number]): boolean => path === 'lemma/code/changes.diff' || why.startsWith('changed,');

function lacksOfSubmodule({ path, commit, dirty }: CapturedCode['submodules'][number]): Lack[] {
  if (commit === null) return [{ grade: 'D', reason: `The commit of the submodule ${path} is not recorded.` }];
  return dirty ? [{ grade: 'D', reason: `The submodule ${path} had changes that were not kept.` }] : [];
}

const lacksOfCommand = (command: readonly string[] | null): Lack[] =>
  (command === null || command.length === 0 ? [{ grade: 'D', reason: 'The command line is not recorded.' }] : []);

function lacksOfEnvironment({ python, packages, container }: Pick<ReproductionRecord, 'python' | 'packages' | 'container'>): Lack[] {
  const lacks: Lack[] = [];
  if (python === null) lacks.push({ grade: 'D', reason: 'The version of the interpreter is not recorded.' });
  const named = Object.entries(packages ?? {});
  const loose = named.filter(([, version]) => version === '').map(([name]) => name);
  if (named.length === 0) lacks.push({ grade: 'D', reason: 'No packages are recorded.' });
  if (loose.length > 0) lacks.push({ grade: 'D', reason: `${listed(loose)} ${loose.length === 1 ? 'is' : 'are'} recorded without a version.` });
  if (container === null) lacks.push({ grade: 'B', reason: 'No container image is recorded by its digest: the libraries of the system may differ.' });
  return lacks;
}

const SHA256 = /^[0-9a-f]{64}$/;

function lacksOfData(datasets: ReproductionRecord['datasets']): Lack[] {
  if (datasets.length === 0) return [{ grade: 'B', reason: 'No dataset is recorded: if it read one, nobody can tell whether that is the same.' }];
  const unsure = [...new Set(datasets.filter(({ digest }) => !SHA256.test(digest)).map(({ name }) => name))];
  return unsure.length === 0 ? [] : [{ grade: 'C', reason: `${listed(unsure)} ${unsure.length === 1 ? 'has' : 'have'} no SHA-256 of all the data: nobody can tell whether ${unsure.length === 1 ? 'it is' : 'they are'} the same.` }];
}

/** A generator of which only the state's digest was seen was not seeded with a number that is known. */
const isSeed = (seen: string): boolean => !seen.startsWith('state:') && !seen.startsWith('implementation:');

const lacksOfSeed = ({ seed, seeds }: Pick<ReproductionRecord, 'seed' | 'seeds'>): Lack[] =>
  (seed !== null || Object.values(seeds).some(isSeed) ? [] : [{ grade: 'C', reason: 'No seed is recorded: the result can only be met within its spread.' }]);

const MOST_NAMED = 3;
const counted = (number: number, one: string, more: string): string => `${number} ${number === 1 ? one : more}`;

function listed(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  if (rest > 0) return `${names.slice(0, MOST_NAMED).join(', ')} and ${rest} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
