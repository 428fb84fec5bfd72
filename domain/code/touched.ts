import type { ChangedFile, FileChange } from './comparison.ts';
import type { PatchFile } from './patch.ts';
import { regionsBetween, type Kept } from './regions.ts';

/** A whole file that lay beside the commit. */
export interface Beside {
  readonly path: string;
  readonly sha256: string;
}

/** What is kept of the code on one side. */
export interface CodeSide<File extends Beside> {
  readonly commit: string | null;
  readonly patch: readonly PatchFile[];
  readonly untracked: readonly File[];
}

/** What is kept of one file on one side; the text of a whole one is read when it is looked at. */
export type Held<File extends Beside> = Exclude<Kept, { readonly kind: 'whole' }> | { readonly kind: 'untracked'; readonly file: File };

/** One file in which the sides differ, or may differ. */
export interface TouchedFile<File extends Beside> {
  /** As it is called now, or was called where it went. */
  readonly path: string;
  readonly renamedFrom: string | null;
  readonly change: FileChange;
  /** The hashes of both sides say that they differ; else it is concluded from what was kept. */
  readonly hashed: ChangedFile | null;
  readonly before: Held<File>;
  readonly after: Held<File>;
  /** Both sides' patches are on the same text. */
  readonly sameBase: boolean;
  /** Whether it is known that the sides differ; else a side holds it in a commit of its own, and it may be the same. */
  readonly certain: boolean;
}

interface Compared<File extends Beside> {
  readonly from: CodeSide<File>;
  readonly to: CodeSide<File>;
  /** What the hashes of both captures say. */
  readonly changed: readonly ChangedFile[];
  readonly same: ReadonlySet<string>;
}

/** Every file in which two sides differ by hash, by their patches or by what lay beside the commit; in order of their paths. What is known to be the same is not among them. */
export function touchedFiles<File extends Beside>({ from, to, changed, same }: Compared<File>): readonly TouchedFile<File>[] {
  const [left, right] = [indexed(from), indexed(to)];
  const hashed = new Map(changed.map((file) => [file.path, file]));
  // The new name of a renamed file is no file of its own.
  const renamed = new Set([...left, ...right].flatMap(([name, held]) => (pathOf(held) === name ? [] : [pathOf(held)])));
  const names = new Set([...left.keys(), ...right.keys(), ...[...hashed.keys()].filter((name) => !renamed.has(name))]);
  const files = [...names].flatMap((name): TouchedFile<File>[] => {
    const [was, is] = [left.get(name), right.get(name)];
    const path = pathOf(is) ?? pathOf(was) ?? name;
    const contents = contentsOf(was, is);
    if (same.has(path) || (path === name && contents.alike)) return [];
    const said = path === name ? (hashed.get(path) ?? null) : null;
    const file = touched({ from, to, was, is, said, contents });
    return said === null && isSame(file, path !== name) ? [] : [{ ...file, path, renamedFrom: path === name ? null : name }];
  });
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

interface Sides<File extends Beside> extends Pick<Compared<File>, 'from' | 'to'> {
  /** What each side keeps of the file by itself. */
  readonly was: Held<File> | undefined;
  readonly is: Held<File> | undefined;
  readonly said: ChangedFile | null;
  readonly contents: Contents;
}

function touched<File extends Beside>(sides: Sides<File>): Omit<TouchedFile<File>, 'path' | 'renamedFrom'> {
  const { from, to, said, contents } = sides;
  const [before, after] = [heldBefore(sides), heldAfter(sides)];
  const sameBase = isOneCommit(from, to) || contents.onTop || contents.under || contents.oneBase;
  const certain = said !== null || sameBase || [before, after].every(({ kind }) => kind === 'untracked' || kind === 'absent');
  return { hashed: said, before, after, sameBase, certain, change: said?.change ?? changeOf(before, after) };
}

const isOneCommit = <File extends Beside>(from: CodeSide<File>, to: CodeSide<File>): boolean => from.commit !== null && from.commit === to.commit;

function heldBefore<File extends Beside>({ from, to, was, is, said, contents }: Sides<File>): Held<File> {
  if (contents.onTop) return COMMITTED;
  return was ?? missing(from, said?.change === 'ADDED' || (isOneCommit(from, to) && isNew(is)));
}

function heldAfter<File extends Beside>({ from, to, was, is, said, contents }: Sides<File>): Held<File> {
  if (contents.under) return COMMITTED;
  return is ?? missing(to, said?.change === 'REMOVED' || (isOneCommit(from, to) && isNew(was)));
}

/** By the name that the file has in the commit: a renamed one is compared with what it was. */
function indexed<File extends Beside>({ patch, untracked }: CodeSide<File>): ReadonlyMap<string, Held<File>> {
  return new Map<string, Held<File>>([
    ...patch.map((file) => [file.renamedFrom ?? file.path, { kind: 'patched', file }] as const),
    ...untracked.map((file) => [file.path, { kind: 'untracked', file }] as const),
  ]);
}

const pathOf = <File extends Beside>(held: Held<File> | undefined): string | null => (held?.kind === 'patched' || held?.kind === 'untracked' ? held.file.path : null);

/** Not in the commit: added by a patch, or beside it. */
const isNew = <File extends Beside>(held: Held<File> | undefined): boolean => held?.kind === 'untracked' || (held?.kind === 'patched' && held.file.change === 'ADDED');

const isGone = <File extends Beside>(held: Held<File>): boolean => held.kind === 'absent' || (held.kind === 'patched' && held.file.change === 'REMOVED');

/** Without a commit all that was there lay beside it. */
const missing = <File extends Beside>({ commit }: CodeSide<File>, known: boolean): Held<File> => (known || commit === null ? { kind: 'absent' } : { kind: 'commit' });

function changeOf<File extends Beside>(before: Held<File>, after: Held<File>): FileChange {
  if (isGone(before)) return 'ADDED';
  return isGone(after) ? 'REMOVED' : 'CHANGED';
}

const COMMITTED = { kind: 'commit' } as const;

/** How what git calls the contents of two patches meets. */
interface Contents {
  /** Both end with the same. */
  readonly alike: boolean;
  /** Both are on the same. */
  readonly oneBase: boolean;
  /** The changes of the first were committed since, and those of the other are on top of them: then its patch is all that lies between. */
  readonly onTop: boolean;
  /** The same the other way round. */
  readonly under: boolean;
}

function contentsOf<File extends Beside>(was: Held<File> | undefined, is: Held<File> | undefined): Contents {
  const [old, now] = [idsOf(was), idsOf(is)];
  const onTop = sameContent(old.after, now.before);
  return { alike: sameContent(old.after, now.after), oneBase: sameContent(old.before, now.before), onTop, under: !onTop && sameContent(old.before, now.after) };
}

/** Git's names for the content before and after a patch; null where none is written. */
const idsOf = <File extends Beside>(held: Held<File> | undefined): { readonly before: string | null; readonly after: string | null } =>
  (held?.kind === 'patched' ? { before: held.file.baseId, after: held.file.newId } : { before: null, after: null });

/** As far as git writes its names out: seven digits and more do not meet by chance within one file's history. */
function sameContent(a: string | null, b: string | null): boolean {
  const length = Math.min(a?.length ?? 0, b?.length ?? 0);
  return length >= 7 && a?.slice(0, length) === b?.slice(0, length);
}

function isSame<File extends Beside>({ before, after, sameBase }: Pick<TouchedFile<File>, 'before' | 'after' | 'sameBase'>, renamed: boolean): boolean {
  if (before.kind === 'untracked' && after.kind === 'untracked') return before.file.sha256 === after.file.sha256;
  if (before.kind === 'untracked' || after.kind === 'untracked') return false;
  if (isGone(before) && isGone(after)) return true;
  if (renamed && pathOf(before) !== pathOf(after)) return false;
  return regionsBetween(before, after, sameBase)?.length === 0;
}
