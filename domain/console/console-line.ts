import { badInput } from '../refusal.ts';

export const CONSOLE_STREAMS = ['stdout', 'stderr'] as const;
export type ConsoleStream = (typeof CONSOLE_STREAMS)[number];

/** A line as its source sends it. Run, source, stream and sequence number say which line it is: sent again it is the same line, whatever its text. */
export interface ConsoleLine {
  readonly stream: ConsoleStream;
  /** Which process of the run: a node or rank; empty where there is only one. */
  readonly source: string;
  /** The source's own count of its lines; gaps are allowed. */
  readonly sequence: number;
  /** Epoch milliseconds by the source's clock. */
  readonly time: number;
  /** Without its line break; colours and carriage returns as they were printed. */
  readonly text: string;
}

/** A line that is kept, with its place in the run's console: 1 for the first that arrived. */
export interface NumberedLine extends ConsoleLine { readonly number: number }

/** Characters of a line that are kept. */
export const LONGEST_LINE = 16_384;
const LONGEST_SOURCE = 100;
/** Lines of one batch. */
export const LARGEST_BATCH = 10_000;
const LATEST_TIME = 8.64e15;

/** The batch as it is kept: bounded, each line once, in the order given. Refuses what is no line. */
export function consoleBatch(lines: readonly ConsoleLine[]): ConsoleLine[] {
  if (lines.length > LARGEST_BATCH) throw badInput('console/batch-too-large', `A batch holds at most ${LARGEST_BATCH} lines; this one has ${lines.length}. Send it in parts.`);
  const known = new Set<string>();
  return lines.flatMap((line) => {
    requireLine(line);
    const identity = identityOf(line);
    if (known.has(identity)) return [];
    known.add(identity);
    return [{ ...line, text: keptText(line.text) }];
  });
}

/** Who counts: a run's lines with equal feeds are told apart by their sequence numbers. */
export const feedOf = ({ stream, source }: Pick<ConsoleLine, 'stream' | 'source'>): string => `${stream} ${source}`;
export const identityOf = (line: Pick<ConsoleLine, 'stream' | 'source' | 'sequence'>): string => `${line.sequence} ${feedOf(line)}`;

function requireLine({ source, sequence, time }: ConsoleLine): void {
  if (!Number.isSafeInteger(sequence) || sequence < 0) throw badInput('console/bad-sequence', `The sequence number of a line is a whole number from 0 to 2^53 - 1; ${sequence} is not.`);
  if (source.length > LONGEST_SOURCE) throw badInput('console/source-too-long', `The name of a source has at most ${LONGEST_SOURCE} characters.`);
  if (!Number.isFinite(time) || Math.abs(time) > LATEST_TIME) throw badInput('console/bad-time', 'The time of a line is a moment in epoch milliseconds, or an ISO 8601 text.');
}

/** A line's text: its own line break goes, others show as a space, and what is longer than a page is cut with a mark. */
export function keptText(text: string): string {
  const line = text.replace(/\r?\n$/, '').replaceAll('\n', ' ').toWellFormed();
  if (line.length <= LONGEST_LINE) return line;
  // A progress bar's history in one line: a terminal shows its last state only.
  const last = line.split('\r').findLast((state) => state !== '') ?? '';
  if (last.length <= LONGEST_LINE) return last;
  return `${last.slice(0, LONGEST_LINE).toWellFormed()} … [${last.length - LONGEST_LINE} more characters were cut]`;
}

// oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
const ESCAPES = /\u001B(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\-_])/g;

/** What a reader sees of a text on one line: no colours, and of what was overwritten by carriage returns the last state. */
export function plainText(text: string): string {
  const shown = text.includes('\u001B') ? text.replaceAll(ESCAPES, '') : text;
  return shown.includes('\r') ? lastState(shown) : shown;
}

/** Of a line that was overwritten again and again (a progress bar), what a terminal shows at the end. */
export function lastState(text: string): string {
  return text.includes('\r') ? text.split('\r').findLast((state) => state !== '') ?? '' : text;
}

/**
 * The places of lines that a later one of the same feed was printed over: a progress bar ends each state with a carriage return instead of a line break, and a terminal shows the newest.
 * What prints nothing over a state, as the line break behind the last one, goes and leaves the state.
 */
export function overwritten(lines: readonly Pick<ConsoleLine, 'stream' | 'source' | 'text'>[]): number[] {
  const open = new Map<string, number>();
  return lines.flatMap((line, at) => {
    const feed = feedOf(line);
    const before = open.get(feed);
    const goesOn = line.text.endsWith('\r');
    const printsNothing = before !== undefined && plainText(line.text) === '';
    if (!goesOn) open.delete(feed);
    else if (!printsNothing) open.set(feed, at);
    return before === undefined ? [] : [printsNothing ? at : before];
  });
}
