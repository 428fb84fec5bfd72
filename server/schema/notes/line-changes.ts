import { diffLines } from 'diff';

export interface LineChange { readonly kind: 'ADDED' | 'REMOVED' | 'SAME'; readonly text: string }

/** Lines that are the same are shown as far as this from those that differ. */
const CONTEXT = 3;
/** Past this nobody waits for the shortest difference, in milliseconds. */
const PATIENCE_MS = 300;

/** What differs between two texts, line by line; of what is the same only the surroundings. */
export function lineChanges(before: string, after: string): readonly LineChange[] {
  const parts = diffLines(before, after, { timeout: PATIENCE_MS }) ?? [{ value: before, removed: true, added: false }, { value: after, removed: false, added: true }];
  if (parts.every(({ added, removed }) => !added && !removed)) return [];
  return parts.filter(({ value }) => value !== '').map(({ value, added, removed }, at) => {
    if (added) return { kind: 'ADDED', text: value };
    if (removed) return { kind: 'REMOVED', text: value };
    return { kind: 'SAME', text: surroundings(value, { first: at === 0, last: at === parts.length - 1 }) };
  });
}

function surroundings(text: string, { first, last }: { readonly first: boolean; readonly last: boolean }): string {
  const lines = text.split('\n');
  const [head, tail] = [first ? [] : lines.slice(0, CONTEXT), last ? [] : lines.slice(-CONTEXT - 1)];
  return head.length + tail.length >= lines.length ? text : [...head, '…', ...tail].join('\n');
}
