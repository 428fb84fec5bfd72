import { lineNow } from '../../../domain/artifacts/quoted-line.ts';
import type { OpenPlace } from '../threads/use-threads.ts';

/** An open thread, with the page where it is talked about. */
export interface TalkedAbout extends OpenPlace {
  readonly discussion: string;
  /** Whose thread it is, where that is not what the page is about: "VIS-42". */
  readonly of?: string;
}

/** An open thread beside a line. */
export interface LinePin {
  readonly thread: TalkedAbout;
  /** Whether the line said something else when the thread was started. */
  readonly changed: boolean;
}

interface ReadFile {
  readonly path: string;
  readonly run: string;
  readonly lines: readonly string[];
  /** Whether the file goes on after these lines. */
  readonly cut: boolean;
}

/** Open threads on lines of a run's file, by the line where what they quote stands now; where it stands nowhere, by the line it stood in. `subjectRun` is the run that threads are about which name none. */
export function linePins(threads: readonly TalkedAbout[], { path, run, lines, cut }: ReadFile, subjectRun: string | null): ReadonlyMap<number, readonly LinePin[]> {
  const pins = new Map<number, LinePin[]>();
  for (const thread of threads) {
    const { anchor } = thread;
    if (anchor.kind !== 'artifact' || anchor.line === undefined || anchor.path !== path || (anchor.run ?? subjectRun) !== run) continue;
    const now = lineNow(lines, { line: anchor.line, quote: anchor.quote });
    if (now === null && cut && anchor.line > lines.length) continue;
    const line = now ?? Math.min(anchor.line, lines.length);
    pins.set(line, [...(pins.get(line) ?? []), { thread, changed: now === null }]);
  }
  return pins;
}
