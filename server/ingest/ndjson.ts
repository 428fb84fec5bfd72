import { badInput, Refusal } from '../../domain/refusal.ts';
import { columnsOf, type MetricPoint } from '../../domain/metrics/series.ts';
import type { ByteReader } from './byte-reader.ts';
import type { GivenBatch } from './given-batch.ts';

const LONGEST_LINE = 64 * 1024;
const LINE_FEED = 10;

/**
 * application/x-ndjson: a point a line, {"key":"loss","value":0.5,"step":7,"timestamp":1700000000000}. Every line that is not blank is one number of its stream;
 * lines that came together are committed together.
 */
export async function* ndjsonBatches(reader: ByteReader): AsyncGenerator<GivenBatch> {
  const lines = new Lines();
  for (;;) {
    const piece = await reader.some();
    const { points, problem } = lines.read(piece.length === 0 ? new Uint8Array([LINE_FEED]) : piece);
    // What stands before a bad line counts.
    if (points.length > 0) yield { series: columnsOf(points), numbers: points.length, bytes: reader.handOver() };
    if (problem) throw problem;
    if (piece.length === 0) return;
  }
}

interface Read { readonly points: readonly MetricPoint[]; readonly problem: Refusal | null }

/** Puts lines together from pieces, and counts them. */
class Lines {
  private begun: Uint8Array = new Uint8Array(0);
  private line = 0;
  private readonly text = new TextDecoder('utf-8', { fatal: true });

  read(piece: Uint8Array): Read {
    const points: MetricPoint[] = [];
    try {
      let from = 0;
      for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, from)) {
        const point = this.pointOf(piece.subarray(from, end));
        if (point) points.push(point);
        from = end + 1;
      }
      this.begun = Buffer.concat([this.begun, piece.subarray(from)]);
      if (this.begun.length > LONGEST_LINE) throw this.bad('stream/too-large', `is longer than ${LONGEST_LINE} bytes`);
      return { points, problem: null };
    } catch (problem) {
      if (problem instanceof Refusal) return { points, problem };
      throw problem;
    }
  }

  private pointOf(rest: Uint8Array): MetricPoint | null {
    const whole = this.begun.length === 0 ? rest : Buffer.concat([this.begun, rest]);
    this.begun = new Uint8Array(0);
    this.line += 1;
    const text = this.decoded(whole).trim();
    return text === '' ? null : this.point(this.parsed(text));
  }

  private point(fields: unknown): MetricPoint {
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) throw this.bad('stream/malformed', 'is no JSON object');
    const { key, value, step, timestamp, ...others } = fields as Readonly<Record<string, unknown>>;
    const [other] = Object.keys(others);
    if (other !== undefined) throw this.bad('stream/unknown-column', `has the field ${JSON.stringify(other.slice(0, 100))}; a point has key, value, step and timestamp`);
    if (typeof key !== 'string') throw this.bad('stream/malformed', 'has no text as its key');
    return { key, value: this.value(value), step: this.integer('step', step), timestamp: this.integer('timestamp', timestamp) };
  }

  private value(given: unknown): number {
    if (typeof given === 'number') return given;
    if (given === 'NaN' || given === 'Infinity' || given === '-Infinity') return Number(given);
    throw this.bad('stream/malformed', 'has no number as its value; write what JSON cannot say as "NaN", "Infinity" or "-Infinity"');
  }

  private integer(name: string, given: unknown): bigint {
    if (typeof given === 'number' && Number.isSafeInteger(given)) return BigInt(given);
    if (typeof given === 'string' && /^-?\d{1,19}$/.test(given)) {
      const integer = BigInt(given);
      if (BigInt.asIntN(64, integer) === integer) return integer;
    }
    throw this.bad('stream/malformed', `has no whole number of 64 bits as its ${name}; beyond 2^53 write it as text, "9007199254740993"`);
  }

  private decoded(bytes: Uint8Array): string {
    try {
      return this.text.decode(bytes);
    } catch {
      throw this.bad('stream/malformed', 'is not UTF-8');
    }
  }

  private parsed(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw this.bad('stream/malformed', 'is not JSON');
    }
  }

  private bad(code: Refusal['code'], what: string): Refusal {
    return badInput(code, `Line ${this.line} of this request ${what}.`);
  }
}
