import { canonicalValue } from '../duplicates/canonical-config.ts';
import { uncommittedText } from '../runs/capture.ts';
import type { EnvironmentContent } from '../runs/environment.ts';

export type ChangeKind = 'CODE' | 'DATA' | 'CONFIG' | 'ENVIRONMENT';
export const CHANGE_KINDS = ['CODE', 'DATA', 'CONFIG', 'ENVIRONMENT'] as const satisfies readonly ChangeKind[];

/** What a run was made of, as far as it is recorded. */
export interface RunMakeup {
  readonly codeCommit: string | null;
  readonly codeRepository: string | null;
  readonly codeDirty: boolean;
  /** SHA-256 of the uncommitted changes, where a capture told them; see domain/runs/capture.ts. */
  readonly codeDiff?: string | null;
  /** The script, as the client named it; often an absolute path of somebody's machine. */
  readonly sourceName: string | null;
  readonly datasets: readonly { readonly name: string; readonly digest: string; readonly context: string | null; readonly meaning?: string | null }[];
  readonly params: ReadonlyMap<string, string>;
  readonly environment: EnvironmentContent | null;
}

/** Named values of each kind: what two runs may differ in. The seed is not among them. */
export type Makeup = Readonly<Record<ChangeKind, ReadonlyMap<string, string>>>;

/** SHA-256 in hex, or any other digest of text. */
export type Digest = (text: string) => string;

/**
 * What makes a run the same experiment as another, leaving out what only tells repeats apart:
 * - CODE: the commit (the repository only where no commit is known: a commit's hash already says its content), which changes were uncommitted (or that
 *   some were, where no more is known), and the
 *   script's file name without its folder, which differs from machine to machine. The branch is a name for a commit, so it does not count.
 * - DATA: each dataset's digest, by name and role.
 * - CONFIG: every param except those that hold the seed.
 * - ENVIRONMENT: interpreter and package versions.
 */
export function makeupOf(run: RunMakeup, seedParams: readonly string[]): Makeup {
  return {
    CODE: new Map(codeItems(run)),
    DATA: dataItems(run.datasets),
    CONFIG: new Map([...run.params].filter(([key]) => !seedParams.includes(key))),
    ENVIRONMENT: environmentItemsOf(run.environment),
  };
}

/** Whether two values of a param say the same: 1, 1.0 and 1e0 do. */
export const isSameValue = (name: string, one: string, other: string): boolean => one === other || canonicalValue(one, name) === canonicalValue(other, name);

/** The makeup by what it says: the same for params that are written differently. Itself where they are written so already. */
export function meantBy(makeup: Makeup): Makeup {
  let another = false;
  const config = new Map([...makeup.CONFIG].map(([key, value]) => {
    const meant = canonicalValue(value, key);
    another ||= meant !== value;
    return [key, meant];
  }));
  return another ? { ...makeup, CONFIG: config } : makeup;
}

/** Equal for equal makeups, whatever the order things were logged in. */
export function fingerprintOf(makeup: Makeup, digest: Digest): string {
  return digest(`[${CHANGE_KINDS.map((kind) => canonicalText(makeup[kind])).join(',')}]`);
}

/** Thousands of runs share a few environments of hundreds of packages, so what is read from one and its text are kept as long as it is. */
const itemsByEnvironment = new WeakMap<EnvironmentContent, ReadonlyMap<string, string>>();
const textByItems = new WeakMap<ReadonlyMap<string, string>, string>();

function canonicalText(items: ReadonlyMap<string, string>): string {
  const known = textByItems.get(items);
  if (known !== undefined) return known;
  const text = JSON.stringify([...items].toSorted(byName));
  textByItems.set(items, text);
  return text;
}

const NOTHING_KNOWN: ReadonlyMap<string, string> = new Map();

function environmentItemsOf(environment: EnvironmentContent | null): ReadonlyMap<string, string> {
  if (environment === null) return NOTHING_KNOWN;
  const known = itemsByEnvironment.get(environment);
  if (known) return known;
  const items = new Map(environmentItems(environment));
  itemsByEnvironment.set(environment, items);
  return items;
}

function* codeItems({ codeCommit, codeRepository, codeDirty, codeDiff, sourceName }: RunMakeup): Generator<[string, string]> {
  if (codeCommit) yield ['commit', codeCommit];
  else if (codeRepository) yield ['repository', codeRepository];
  const uncommitted = uncommittedText({ codeDirty, codeDiff });
  if (uncommitted !== 'no') yield ['uncommitted changes', uncommitted];
  const script = sourceName?.split(/[/\\]/).at(-1);
  if (script) yield ['script', script];
}

/** A name used twice in one role keeps both digests, in order. */
function dataItems(datasets: RunMakeup['datasets']): ReadonlyMap<string, string> {
  const items = new Map<string, string>();
  for (const { name, digest, context } of datasets.toSorted((a, b) => (a.digest < b.digest ? -1 : 1))) {
    const key = context ? `${name} (${context})` : name;
    const before = items.get(key);
    if (before !== digest) items.set(key, before === undefined ? digest : `${before}, ${digest}`);
  }
  return items;
}

function* environmentItems({ python, packages }: EnvironmentContent): Generator<[string, string]> {
  if (python !== undefined) yield ['python', python];
  yield* Object.entries(packages);
}

export const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : Number(a > b));
