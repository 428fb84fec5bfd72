import type { HandlerContext } from '@connectrpc/connect';
import { consoleLine } from '../../contracts/rest/console.ts';
import { badInput } from '../../domain/refusal.ts';
import { ConsoleStream, type Line, type LogLinesRequest } from '../../generated/proto/lemma/v1/ingest_pb.js';
import type { ConsoleFeed } from '../../operations/ports/console-store.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { givenEntries } from '../ingest/given-entries.ts';
import { feedsOf, writeLines } from '../ingest/write-lines.ts';
import { commitEach } from './commit-each.ts';

/** Bytes of text of a message at most, as of a request's body over REST. */
const MOST_TEXT = 4_000_000;
/** What a line takes in memory besides its text. */
const BYTES_A_LINE = 200;
const CODES = { tooMany: 'stream/too-large', malformed: 'stream/bad-line' } as const;

/** LogLines: the console's lines, by the code and the rules of POST /api/v1/runs/{id}/logs. */
export async function logLines(deps: DoorDeps, context: Pick<HandlerContext, 'values'>, messages: AsyncIterable<LogLinesRequest>) {
  const sources = new Set<string>();
  let added = 0;
  let lineCount = 0;
  const runId = await commitEach(deps, context, messages, {
    bytesOf: ({ lines }) => textBytes(lines) + lines.length * BYTES_A_LINE,
    async commit(run, message) {
      const lines = givenEntries(consoleLine, message.lines.map(entryOf), CODES);
      const appended = await writeLines(deps.ports, run, lines);
      for (const { source } of lines) sources.add(source);
      added += appended.added;
      lineCount = appended.state.lineCount;
    },
  });
  return { added: BigInt(added), lineCount: BigInt(lineCount), acknowledged: (await feedsOf(deps.ports, runId, sources)).map(feedAnswer) };
}

export const feedAnswer = ({ source, stream, lastSequence }: ConsoleFeed) => ({ source, stream: stream === 'stderr' ? ConsoleStream.STDERR : ConsoleStream.STDOUT, lastSequence: BigInt(lastSequence) });

function textBytes(lines: readonly Line[]): number {
  const bytes = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (bytes > MOST_TEXT) throw badInput('stream/too-large', `A batch may hold ${MOST_TEXT} bytes of text; one of ${bytes} came. Send more and smaller ones.`);
  return bytes;
}

const STREAMS: ReadonlyMap<ConsoleStream, string> = new Map([[ConsoleStream.UNSPECIFIED, 'stdout'], [ConsoleStream.STDOUT, 'stdout'], [ConsoleStream.STDERR, 'stderr']]);

/** The line as the shape of contracts/rest reads it: a number that is missing stays missing. */
const entryOf = ({ sequence, time, stream, source, text }: Line) => ({ sequence: asNumber(sequence), time: asNumber(time), stream: STREAMS.get(stream) ?? String(stream), source, text });
export const asNumber = (value: bigint | undefined): number | undefined => (value === undefined ? undefined : Number(value));
