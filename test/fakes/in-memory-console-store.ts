import { CONSOLE_BOUNDS, stretchesToCut, widened, type ConsoleBounds, type ConsoleCut } from '../../domain/console/console-cut.ts';
import { consoleBatch, feedOf, identityOf, plainText, type ConsoleLine } from '../../domain/console/console-line.ts';
import type { ConsoleAppended, ConsoleFeed, ConsoleFound, ConsoleSearch, ConsoleState, ConsoleStore, LiveConsoleFeed, NumberedLine } from '../../operations/ports/console-store.ts';

interface Console { lines: NumberedLine[]; lineCount: number; cut: ConsoleCut | null; readonly known: Set<string>; readonly feeds: Map<string, ConsoleFeed> }

const bytesOf = ({ text }: ConsoleLine): number => Buffer.byteLength(text) + 8;

/** The plainest possible ConsoleStore: a list of lines a run. Kept honest by test/contract/console-store.test.ts. */
export class InMemoryConsoleStore implements ConsoleStore {
  private readonly consoles = new Map<string, Console>();
  private readonly feed: LiveConsoleFeed;
  private readonly bounds: ConsoleBounds;
  constructor(feed: LiveConsoleFeed, bounds: ConsoleBounds = CONSOLE_BOUNDS) {
    this.feed = feed;
    this.bounds = bounds;
  }

  async append(runId: string, given: readonly ConsoleLine[]): Promise<ConsoleAppended> {
    const console: Console = this.consoles.get(runId) ?? { lines: [], lineCount: 0, cut: null, known: new Set(), feeds: new Map() };
    const batch = consoleBatch(given);
    this.consoles.set(runId, console);
    const added = batch.filter((line) => !console.known.has(identityOf(line)));
    const before = console.lineCount;
    for (const line of added) {
      console.known.add(identityOf(line));
      console.lines.push({ ...line, number: (console.lineCount += 1) });
      const last = console.feeds.get(feedOf(line))?.lastSequence ?? -1;
      console.feeds.set(feedOf(line), { source: line.source, stream: line.stream, lastSequence: Math.max(last, line.sequence) });
    }
    this.cut(console);
    if (added.length > 0) this.feed.publish(runId, { before, lines: added, state: stateOf(console) });
    return { added: added.length, state: stateOf(console) };
  }

  async state(runId: string): Promise<ConsoleState> {
    return stateOf(this.consoles.get(runId));
  }

  async read(runId: string, from: number, most: number): Promise<readonly NumberedLine[]> {
    return (this.consoles.get(runId)?.lines ?? []).filter(({ number }) => number >= from).slice(0, most);
  }

  async search(runId: string, { text, most }: ConsoleSearch): Promise<ConsoleFound> {
    const found = (this.consoles.get(runId)?.lines ?? []).filter((line) => plainText(line.text).toLowerCase().includes(text.toLowerCase())).map(({ number }) => number);
    return { numbers: found.slice(0, most), complete: found.length <= most };
  }

  async feeds(runId: string): Promise<readonly ConsoleFeed[]> {
    return [...(this.consoles.get(runId)?.feeds.values() ?? [])].toSorted((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : a.stream < b.stream ? 1 : -1));
  }

  async delete(runIds: readonly string[]): Promise<void> {
    for (const runId of runIds) this.consoles.delete(runId);
  }

  private cut(console: Console): void {
    if (stateOf(console).bytes <= this.bounds.bytes) return;
    const gone = stretchesToCut(console.lines.map((line) => ({ firstLine: line.number, lines: 1, bytes: bytesOf(line) })), this.bounds);
    const numbers = new Set(gone.map(({ firstLine }) => firstLine));
    console.lines = console.lines.filter(({ number }) => !numbers.has(number));
    console.cut = widened(console.cut, gone);
  }
}

const stateOf = (console: Console | undefined): ConsoleState =>
  ({ lineCount: console?.lineCount ?? 0, bytes: (console?.lines ?? []).reduce((sum, line) => sum + bytesOf(line), 0), cut: console?.cut ?? null });
