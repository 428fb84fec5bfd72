import { badInput, Refusal } from '../../../domain/refusal.ts';
import type { ByteReader } from '../byte-reader.ts';
import { MOST_BYTES, type GivenBatch } from '../given-batch.ts';
import { columnsIn, type ArrowColumns } from './arrow-columns.ts';
import { FlatTable } from './flat-table.ts';
import { dictionaryIn, seriesIn } from './record-batch.ts';

// Numbers of Arrow's format, Message.fbs.
const SCHEMA = 1;
const DICTIONARY_BATCH = 2;
const RECORD_BATCH = 3;
const CONTINUES = 0xff_ff_ff_ff;
const MOST_METADATA = 64 * 1024;

/**
 * application/vnd.apache.arrow.stream: points, a row each, with the columns key, step, timestamp and value. A record batch is one number of its stream. It is read here and not by the apache-arrow package, which believes the lengths a message claims: forty bytes could make it build two billion
 * objects while every other request waits.
 */
export async function* arrowBatches(reader: ByteReader): AsyncGenerator<GivenBatch> {
  let columns: ArrowColumns | null = null;
  let dictionary: readonly string[] = [];
  for (let message = await next(reader); message; message = await next(reader)) {
    const { kind, header, body } = message;
    if (kind === SCHEMA) {
      if (columns) throw malformed('An Arrow stream has one schema, and a second came.');
      columns = read(() => columnsIn(header));
      continue;
    }
    if (!columns) throw malformed('An Arrow stream begins with its schema.');
    const own = columns;
    if (kind === DICTIONARY_BATCH) {
      const { id, isDelta, names } = read(() => ({ id: header.long(0), isDelta: header.byte(2) === 1, names: dictionaryIn(header.table(1), body, own) }));
      if (id === own.key.dictionary?.id) dictionary = isDelta ? [...dictionary, ...names] : names;
      if (dictionary.length > 100_000) throw badInput('stream/too-large', 'The dictionary of this stream grew beyond 100000 keys.');
    } else if (kind === RECORD_BATCH) {
      yield { series: read(() => seriesIn(header, body, own, dictionary)), numbers: 1, bytes: reader.handOver() };
    } else throw malformed(`An Arrow stream of points has no messages of the kind ${kind}.`);
  }
}

interface Message { readonly kind: number; readonly header: FlatTable; readonly body: Uint8Array }

/** The next message; null at the end of the stream, which need not be marked. */
async function next(reader: ByteReader): Promise<Message | null> {
  if (!(await reader.hasMore())) return null;
  const mark = word(await reader.exactly(4));
  // Streams of before 2019 have no mark before the length.
  const length = mark === CONTINUES ? word(await reader.exactly(4)) : mark;
  if (length === 0) return null;
  if (length > MOST_METADATA) throw malformed(`This is no Arrow stream: a message cannot have ${length} bytes of metadata; ${MOST_METADATA} are the most.`);
  const metadata = await reader.exactly(length);
  const { kind, header, size } = read(() => {
    const message = FlatTable.root(metadata);
    const inside = message.table(2);
    if (!inside) throw malformed('A message of this Arrow stream is empty.');
    return { kind: message.byte(1), header: inside, size: message.long(3) };
  });
  if (size < 0 || size > MOST_BYTES) throw badInput('stream/too-large', `A part of an Arrow stream may have ${MOST_BYTES} bytes; this one says ${size}. Send more and smaller record batches.`);
  return { kind, header, body: await reader.exactly(size) };
}

const word = (bytes: Uint8Array): number => new DataView(bytes.buffer).getUint32(0, true);

/** What the bytes do not bear out is no fault of ours. */
function read<Part>(part: () => Part): Part {
  try {
    return part();
  } catch (problem) {
    if (problem instanceof Refusal) throw problem;
    if (problem instanceof RangeError || problem instanceof TypeError) throw malformed('This is no Arrow stream, or it is broken: a message is not what the format says.');
    throw problem;
  }
}

const malformed = (message: string): Refusal => badInput('stream/malformed', message);
