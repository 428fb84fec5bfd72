import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { CONSOLE_STREAMS, type ConsoleLine } from '../../../domain/console/console-line.ts';

/**
 * Some hundreds of lines as one value of console_chunks. zstd of: the length of the facts (u32, little-endian), the facts as JSON, then the texts, joined by line breaks,
 * which no text holds. The texts stand alone so that a search reads them without looking at single lines.
 */
const facts = z.object({
  version: z.literal(1),
  feeds: z.array(z.tuple([z.enum(CONSOLE_STREAMS), z.string()])),
  /** Of each line: its feed, and how much its sequence number and time differ from the line's before. */
  of: z.array(z.number()),
  sequences: z.array(z.number()),
  times: z.array(z.number()),
});
type Facts = z.output<typeof facts>;

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export async function encodeChunk(lines: readonly ConsoleLine[]): Promise<Buffer> {
  const feeds = new Map<string, number>();
  const made: Facts = { version: 1, feeds: [], of: [], sequences: [], times: [] };
  let before = { sequence: 0, time: 0 };
  for (const line of lines) {
    const name = `${line.stream} ${line.source}`;
    if (!feeds.has(name)) feeds.set(name, made.feeds.push([line.stream, line.source]) - 1);
    made.of.push(feeds.get(name) ?? 0);
    made.sequences.push(line.sequence - before.sequence);
    made.times.push(line.time - before.time);
    before = line;
  }
  const head = Buffer.from(JSON.stringify(made));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return compress(Buffer.concat([length, head, Buffer.from(lines.map(({ text }) => text).join('\n'))]));
}

/** An unpacked chunk: the texts at once, the facts of its lines when they are asked for. */
export interface OpenChunk {
  readonly texts: string;
  lines(): ConsoleLine[];
}

export async function openChunk(data: Buffer): Promise<OpenChunk> {
  const bytes = await decompress(data);
  const end = 4 + bytes.readUInt32LE(0);
  const texts = bytes.toString('utf8', end);
  return {
    texts,
    lines() {
      const { feeds, of, sequences, times } = facts.parse(JSON.parse(bytes.toString('utf8', 4, end)));
      const split = texts.split('\n');
      let [sequence, time] = [0, 0];
      return of.map((feed, at) => {
        const [stream, source] = feeds[feed] ?? ['stdout', ''];
        sequence += sequences[at] ?? 0;
        time += times[at] ?? 0;
        return { stream, source, sequence, time, text: split[at] ?? '' };
      });
    },
  };
}

/** What a line counts as, in bytes: its text, and a little for its own facts, so that empty lines are not free. */
export const bytesOf = ({ text }: ConsoleLine): number => Buffer.byteLength(text) + 8;

/** Lines in stretches of about `bytes`; a longer line has one of its own. */
export function inStretches(lines: readonly ConsoleLine[], bytes: number): ConsoleLine[][] {
  const stretches: ConsoleLine[][] = [];
  let room = 0;
  for (const line of lines) {
    const size = bytesOf(line);
    if (size > room || stretches.length === 0) {
      stretches.push([]);
      room = bytes;
    }
    stretches.at(-1)?.push(line);
    room -= size;
  }
  return stretches;
}
