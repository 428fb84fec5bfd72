import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { seededRandom, shuffled } from './random.ts';

export const PIXELS = 64;
export const CLASSES = 10;

/** Images in rows of 64 values from 0 to 1, and their digits; the digest is of these images alone, so that a part of the file is not taken for another. */
export interface Images { readonly pixels: Float64Array; readonly labels: Uint8Array; readonly count: number; readonly digest: string }

/** `digest` is that of the whole file. */
export interface Digits { readonly train: Images; readonly test: Images; readonly digest: string }

const TRAIN_COUNT = 600;
const SPLIT_SEED = 20_261_122;

/** Reads the file and splits it, always the same way. */
export function loadDigits(): Digits {
  const csv = gunzipSync(readFileSync(new URL('digits.csv.gz', import.meta.url)));
  const rows = csv.toString('ascii').trim().split('\n').map((line) => line.split(',').map(Number));
  const order = shuffled(rows.length, seededRandom(SPLIT_SEED));
  const pick = (from: number, to: number): Images => {
    const chosen = Array.from(order.subarray(from, to), (index) => rows[index] ?? []);
    return {
      pixels: Float64Array.from(chosen.flatMap((row) => row.slice(0, PIXELS).map((pixel) => pixel / 16))),
      labels: Uint8Array.from(chosen, (row) => row[PIXELS] ?? 0),
      count: chosen.length,
      digest: createHash('sha256').update(chosen.map((row) => row.join(',')).join('\n')).digest('hex'),
    };
  };
  return { train: pick(0, TRAIN_COUNT), test: pick(TRAIN_COUNT, rows.length), digest: createHash('sha256').update(csv).digest('hex') };
}
