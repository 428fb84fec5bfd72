import { makeVector, Table, tableToIPC, Utf8, Dictionary, Int32, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../domain/refusal.ts';
import { ByteReader } from '../byte-reader.ts';
import { HeldBytes } from '../held-bytes.ts';
import { arrowBatches } from './arrow-batches.ts';

const table = (key: Utf8 | Dictionary<Utf8, Int32>): Uint8Array => tableToIPC(new Table({
  key: vectorFromArray(['a', 'b', 'a'], key), step: makeVector(BigInt64Array.of(1n, 2n, 3n)), timestamp: makeVector(BigInt64Array.of(1n, 2n, 3n)), value: makeVector(Float64Array.of(1, 2, 3)),
}), 'stream');

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> { yield bytes; }

/** The points of a stream, or the refusal; anything else it throws is our fault and fails the test. */
async function read(bytes: Uint8Array): Promise<number | Refusal> {
  let points = 0;
  try {
    for await (const { series } of arrowBatches(new ByteReader(inOnePiece(bytes), new HeldBytes()))) points += series.reduce((sum, { values }) => sum + values.length, 0);
    return points;
  } catch (problem) {
    if (problem instanceof Refusal) return problem;
    throw problem;
  }
}

describe.each([['texts', new Utf8()], ['a dictionary', new Dictionary(new Utf8(), new Int32())]])('an Arrow stream with its keys as %s', (_name, key) => {
  const good = table(key);

  it('is read', async () => {
    expect(await read(good)).toBe(3);
  });

  it('is read or refused, whichever byte of it is changed', async () => {
    const outcomes = { read: 0, refused: 0 };
    for (let at = 0; at < good.length; at += 1) {
      for (const mask of [0xff, 0x80, 0x01]) {
        const broken = good.slice();
        broken[at] = (broken[at] ?? 0) ^ mask;
        outcomes[(await read(broken)) instanceof Refusal ? 'refused' : 'read'] += 1;
      }
    }
    expect(outcomes.refused).toBeGreaterThan(100);
    expect(outcomes.read).toBeGreaterThan(100);
  });

  it('is read up to where it is cut, or refused', async () => {
    for (let end = 0; end < good.length; end += 1) {
      const outcome = await read(good.subarray(0, end));
      expect(outcome instanceof Refusal ? outcome.code : 'read', String(end)).toMatch(/^(read|stream\/truncated)$/);
    }
  });
});
