/** A file or folder directly inside a folder. */
export interface FolderEntry<File> {
  /** From the root: "model/MLmodel". */
  readonly path: string;
  /** Null for a folder. */
  readonly file: File | null;
}

/** What lies directly in a folder ("" for the root), of files named by their full paths: folders first, then files, each by name. */
export function listFolder<File extends { readonly path: string }>(files: readonly File[], folder: string): readonly FolderEntry<File>[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const entries = new Map<string, FolderEntry<File>>();
  for (const file of files) {
    if (!file.path.startsWith(prefix)) continue;
    const slash = file.path.indexOf('/', prefix.length);
    const path = slash < 0 ? file.path : file.path.slice(0, slash);
    entries.set(path, { path, file: slash < 0 ? file : null });
  }
  return [...entries.values()].toSorted((a, b) => Number(a.file !== null) - Number(b.file !== null) || (a.path < b.path ? -1 : 1));
}
