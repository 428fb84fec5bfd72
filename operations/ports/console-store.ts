import type { ConsoleCut } from '../../domain/console/console-cut.ts';
import type { ConsoleLine, ConsoleStream, NumberedLine } from '../../domain/console/console-line.ts';

export type { ConsoleCut } from '../../domain/console/console-cut.ts';
export type { ConsoleLine, NumberedLine } from '../../domain/console/console-line.ts';

/** What is there of a run's console. */
export interface ConsoleState {
  /** Lines that ever arrived: the number of the last one, and the cursor of live readers. */
  readonly lineCount: number;
  /** Bytes of text that are kept, before compression. */
  readonly bytes: number;
  /** The lines that are not kept any more; null while all are. */
  readonly cut: ConsoleCut | null;
}

/** How far a source's stream was acknowledged: a client that starts again goes on behind it. */
export interface ConsoleFeed { readonly source: string; readonly stream: ConsoleStream; readonly lastSequence: number }

export interface ConsoleAppended {
  /** Lines that were new; the rest was there before. */
  readonly added: number;
  readonly state: ConsoleState;
}

export interface ConsoleSearch {
  readonly text: string;
  /** Lines with the text, in order, at most so many. */
  readonly most: number;
}

export interface ConsoleFound {
  readonly numbers: readonly number[];
  /** False when there are more than `numbers`. */
  readonly complete: boolean;
}

/**
 * Where consoles live. A line is known by run, source, stream and sequence number: a batch sent again, whole, re-split or overlapping, changes nothing.
 * See test/contract/console-store.ts for what every implementation must keep.
 */
export interface ConsoleStore {
  /** Resolves only after the lines are durable. Lines that are new get the next numbers in the order given. */
  append(runId: string, lines: readonly ConsoleLine[]): Promise<ConsoleAppended>;
  state(runId: string): Promise<ConsoleState>;
  /** Kept lines with numbers from `from` on, in order, at most `most`. */
  read(runId: string, from: number, most: number): Promise<readonly NumberedLine[]>;
  /** Lines whose text, as a reader sees it, holds `text`, whatever the case. */
  search(runId: string, search: ConsoleSearch): Promise<ConsoleFound>;
  feeds(runId: string): Promise<readonly ConsoleFeed[]>;
  delete(runIds: readonly string[]): Promise<void>;
}

/** Lines that were just committed, numbered `before + 1` and up. */
export interface ConsoleNews { readonly before: number; readonly lines: readonly ConsoleLine[]; readonly state: ConsoleState }

/** Tells live readers. May lose messages; readers resume from their line number. */
export interface LiveConsoleFeed { publish(runId: string, news: ConsoleNews): void }
