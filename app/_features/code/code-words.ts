/** "c0ffee0c0f with 3fa2…": a version in a few letters. */
export function versionText({ commit, dirty, changes }: { readonly commit: string | null; readonly dirty: boolean; readonly changes: string | null }): string {
  if (commit === null) return changes === null ? 'no commit recorded' : `files ${changes.slice(0, 10)}`;
  if (changes !== null) return `${commit.slice(0, 10)} with ${changes.slice(0, 8)}`;
  return dirty ? `${commit.slice(0, 10)} with changes nobody kept` : commit.slice(0, 10);
}

export const CHANGE_WORDS = { ADDED: 'added', REMOVED: 'removed', CHANGED: 'changed' } as const;
