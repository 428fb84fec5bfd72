import type { CodeRow, RowKind } from './code-row.ts';

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** How a line of a hunk begins. Tools that trim the ends of lines leave nothing of a blank one. */
const KINDS: ReadonlyMap<string, RowKind> = new Map([[' ', 'same'], ['', 'same'], ['+', 'added'], ['-', 'removed']]);

/** Whether a file is a patch, by its name. */
export const isPatch = (path: string): boolean => /\.(patch|diff)$/i.test(path);

/**
 * The lines of a patch in unified format: the number in the patch itself, by which it is talked about, then those before and after the change.
 * A hunk's head says how long it is, so that a removed "-- " is not taken for the head of the next file.
 * https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
 */
export function patchRows(lines: readonly string[]): readonly CodeRow[] {
  const hunk = { before: 0, after: 0, beforeLeft: 0, afterLeft: 0 };
  return lines.map((line, index) => {
    const row = (kind: RowKind, numbers: readonly (number | null)[], text: string): CodeRow => ({ kind, numbers: [index + 1, ...numbers], text, at: { file: 0, line: index + 1 }, also: null });
    const inside = hunk.beforeLeft > 0 || hunk.afterLeft > 0;
    const kind = inside ? KINDS.get(line.slice(0, 1)) : undefined;
    if (kind === undefined) {
      const head = HUNK.exec(line);
      if (head !== null) Object.assign(hunk, { before: Number(head[1]), after: Number(head[3]), beforeLeft: Number(head[2] ?? 1), afterLeft: Number(head[4] ?? 1) });
      // "\ No newline at end of file" belongs to the line before it and ends nothing.
      else if (!line.startsWith('\\')) Object.assign(hunk, { beforeLeft: 0, afterLeft: 0 });
      return row('head', [null, null], line);
    }
    const numbers = [kind === 'added' ? null : hunk.before, kind === 'removed' ? null : hunk.after];
    if (kind !== 'added') { hunk.before += 1; hunk.beforeLeft -= 1; }
    if (kind !== 'removed') { hunk.after += 1; hunk.afterLeft -= 1; }
    return row(kind, numbers, line.slice(1));
  });
}
