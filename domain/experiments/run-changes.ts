import { codeDifferences } from '../duplicates/code-distance.ts';
import type { CodeFile } from '../duplicates/recipe.ts';
import type { CapturedHardware } from '../runs/capture.ts';
import { hardwareDifferences, isHardware } from '../runs/hardware.ts';
import { changedVariables, isChanged, type ChangedVariable } from './changed-variables.ts';
import { CHANGE_KINDS, makeupOf, type ChangeKind, type Digest, type RunMakeup } from './fingerprint.ts';

/** What is recorded of one run so far: its makeup, and what only a capture tells. */
export interface RunSide extends RunMakeup {
  /** Its source files by what they mean; null where only git is known. */
  readonly files: readonly CodeFile[] | null;
  /** Values the script has when none are given. */
  readonly defaults: ReadonlyMap<string, string>;
  readonly hardware: Pick<CapturedHardware, 'cpu' | 'gpus' | 'cuda' | 'driver'> | null;
}

export interface RunChanges {
  /** Code first, then data, config, environment; the machine last. */
  readonly changed: readonly ChangedVariable[];
  /** Kinds of which one of the two recorded nothing, or nothing yet: a change of them would go unseen. */
  readonly unknown: readonly ChangeKind[];
}

export interface ComparingTools { readonly digest: Digest; readonly seedParams: readonly string[] }

/**
 * What changed from one run to another, as far as both say it; it may be asked while they still train. The code by the files and functions that mean something else where both were captured, and by
 * the commit elsewhere; a param only where its value is another one (0.001 and 1e-3 are the same, and so is a default that is given); data only where the rows are others.
 * The machine is told too, although it is no part of the fingerprint: decision 169.
 */
export function runChanges(before: RunSide, after: RunSide, { digest, seedParams }: ComparingTools): RunChanges {
  const unknown = CHANGE_KINDS.filter((kind) => !knows(before, kind) || !knows(after, kind));
  const told = changedVariables(makeupOf(before, seedParams), makeupOf(after, seedParams)).filter((item) => (isScript(item) ? item.from !== null && item.to !== null : !unknown.includes(item.kind)));
  const code = isRead(before) && isRead(after) ? functionsChanged(before, after, digest) : told.filter(({ kind }) => kind === 'CODE');
  const config = told.filter(({ kind }) => kind === 'CONFIG').map((item) => withDefaults(item, before, after)).filter(isChanged);
  const data = told.filter((item) => item.kind === 'DATA' && !meansTheSame(item.name, before, after));
  const environment = told.filter(({ kind }) => kind === 'ENVIRONMENT');
  const machine = hardwareDifferences(before.hardware, after.hardware).map((item): ChangedVariable => ({ kind: 'ENVIRONMENT', ...item }));
  return { changed: [...code, ...data, ...config, ...environment, ...machine], unknown };
}

/** Known of a run whose code is not, and not known of every one. */
const isScript = ({ kind, name }: ChangedVariable): boolean => kind === 'CODE' && name === 'script';

/** Whether its files are told by their meaning. */
const isRead = ({ files }: RunSide): boolean => files !== null && files.length > 0;

function knows(side: RunSide, kind: ChangeKind): boolean {
  switch (kind) {
    case 'CODE': return isRead(side) || side.codeCommit !== null || side.codeRepository !== null;
    case 'DATA': return side.datasets.length > 0;
    case 'CONFIG': return side.params.size > 0;
    case 'ENVIRONMENT': return side.environment !== null;
  }
}

function functionsChanged(before: RunSide, after: RunSide, digest: Digest): ChangedVariable[] {
  return codeDifferences(codeOf(before), codeOf(after), digest).map(({ kind, name, from, to }) => ({ kind, name, from, to }));
}

const codeOf = ({ codeCommit, codeRepository, codeDirty, codeDiff, sourceName, files }: RunSide) =>
  ({ commit: codeCommit, repository: codeRepository, dirty: codeDirty, diff: codeDiff ?? null, script: sourceName, files });

const withDefaults = (item: ChangedVariable, before: RunSide, after: RunSide): ChangedVariable => ({ ...item, from: item.from ?? before.defaults.get(item.name) ?? null, to: item.to ?? after.defaults.get(item.name) ?? null });

function meansTheSame(item: string, before: RunSide, after: RunSide): boolean {
  const was = meaningOf(before, item);
  return was !== null && was === meaningOf(after, item);
}

/** What the data of an item means, as text; null where that is not known of all of it. */
function meaningOf({ datasets }: RunSide, item: string): string | null {
  const meanings = datasets.filter(({ name, context }) => item === (context ? `${name} (${context})` : name)).map(({ meaning }) => meaning ?? '');
  return meanings.length === 0 || meanings.includes('') ? null : meanings.toSorted((a, b) => (a < b ? -1 : 1)).join(' ');
}

/**
 * The variables that an effect could be put down to: the code is one, however many functions an idea touches, and the machine is one; data, params and packages are each their own.
 */
export function variablesIn(changed: readonly ChangedVariable[]): { readonly name: string }[] {
  const machine = changed.filter(({ kind, name }) => kind === 'ENVIRONMENT' && isHardware(name));
  const code = changed.filter(({ kind }) => kind === 'CODE');
  return [...asOne(code, 'code'), ...changed.filter((item) => !code.includes(item) && !machine.includes(item)), ...asOne(machine, 'hardware')];
}

function asOne(items: readonly ChangedVariable[], name: string): { readonly name: string }[] {
  const [only] = items;
  return only === undefined ? [] : [{ name: items.length === 1 ? only.name : name }];
}
