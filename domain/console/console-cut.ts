/** Lines that are not kept any more, from the middle of a long console: both ends included. */
export interface ConsoleCut { readonly from: number; readonly to: number }

export interface ConsoleBounds {
  /** Bytes of a run's text that are kept. */
  readonly bytes: number;
  /** Bytes of its beginning that are always among them. */
  readonly head: number;
}

/** The beginning says how a run was started and the end how it went: of a console that is too long the middle goes. */
export const CONSOLE_BOUNDS: ConsoleBounds = { bytes: 128 * 1024 * 1024, head: 16 * 1024 * 1024 };

/** A stored stretch of lines, in order. */
export interface Stretch { readonly firstLine: number; readonly lines: number; readonly bytes: number }

/** The stretches to let go, oldest first behind the head, until the rest fits; the newest stays whatever its size. */
export function stretchesToCut<S extends Stretch>(stretches: readonly S[], { bytes, head }: ConsoleBounds): S[] {
  let total = stretches.reduce((sum, each) => sum + each.bytes, 0);
  let before = 0;
  const cut: S[] = [];
  for (const each of stretches.slice(0, -1)) {
    before += each.bytes;
    if (before <= head) continue;
    if (total <= bytes) break;
    total -= each.bytes;
    cut.push(each);
  }
  return cut;
}

/** The cut after more lines went: everything between the kept beginning and the kept end. */
export function widened(cut: ConsoleCut | null, gone: readonly Stretch[]): ConsoleCut | null {
  const last = gone.at(-1);
  const first = gone[0];
  if (!first || !last) return cut;
  return { from: cut?.from ?? first.firstLine, to: last.firstLine + last.lines - 1 };
}
