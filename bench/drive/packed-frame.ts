/** Columns of one metric. */
export interface FrameSeries {
  readonly key: string;
  readonly steps: BigInt64Array;
  /** Epoch milliseconds. */
  readonly timestamps: BigInt64Array;
  readonly values: Float64Array;
}

const MAGIC = 0x01_43_4d_4c;

/** One frame of application/vnd.lemma.columns, as docs/guides/fast-door.md has it. */
export function packedFrame(series: readonly FrameSeries[]): Uint8Array {
  const names = series.map(({ key }) => new TextEncoder().encode(key));
  const points = series.reduce((sum, { values }) => sum + values.length, 0);
  const nameBytes = names.reduce((sum, { length }) => sum + length, 0);
  const namesStart = 16 + series.length * 8;
  const start = Math.ceil((namesStart + nameBytes) / 8) * 8;
  const frame = new Uint8Array(start + points * 24);
  new Uint32Array(frame.buffer, 0, 4 + series.length * 2).set([MAGIC, series.length, points, nameBytes, ...series.map(({ values }) => values.length), ...names.map(({ length }) => length)]);
  let at = namesStart;
  for (const name of names) {
    frame.set(name, at);
    at += name.length;
  }
  const [steps, timestamps, values] = [new BigInt64Array(frame.buffer, start, points), new BigInt64Array(frame.buffer, start + points * 8, points), new Float64Array(frame.buffer, start + points * 16, points)];
  let from = 0;
  for (const each of series) {
    steps.set(each.steps, from);
    timestamps.set(each.timestamps, from);
    values.set(each.values, from);
    from += each.values.length;
  }
  return frame;
}
