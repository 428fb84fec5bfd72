import { expect, test } from 'vitest';
import { BatchReader } from './batch-reader.ts';
import { readBatch } from './read-batch.ts';

const METRICS = 999;
const metric = (at: number) => ({ key: `loss/${at % 7}`, value: at % 11 === 0 ? 'NaN' : at / 3, timestamp: 1_760_000_000_000 + at, step: at });
const batch = (metrics: readonly object[], more: object = {}) => JSON.stringify({ run_id: 'a'.repeat(32), metrics, ...more });

test('a large batch, read by a thread, says what it says when it is read here', async () => {
  const json = batch(Array.from({ length: METRICS }, (_, at) => metric(at)), { params: [{ key: 'seed', value: '1' }] }).replace('"step":7}', '"step":9007199254740993}');
  const read = await new BatchReader().read(Buffer.from(json));
  expect(json.length).toBeGreaterThan(32 * 1024);
  expect(read).toEqual(readBatch(json));
  expect(read.params).toEqual(new Map([['seed', '1']]));
  expect(read.series.find(({ key }) => key === 'loss/0')?.steps.at(-1)).toBe(9_007_199_254_740_993n);
});

test.each([
  ['a value of the wrong type', Array.from({ length: METRICS }, (_, at) => (at === 900 ? { ...metric(at), value: 'much' } : metric(at))), "Invalid value \"much\" for parameter 'metrics[900].value' supplied"],
  ['too many metrics', Array.from({ length: 1001 }, (_, at) => metric(at)), 'A batch logging request can contain at most 1000 metrics. Got 1001 metrics.'],
  ['half a character', [...Array.from({ length: METRICS - 1 }, (_, at) => metric(at)), { ...metric(1), key: '\ud800' }], 'half of a surrogate pair'],
])('a large batch with %s is refused in the same words', async (_what, metrics, words) => {
  await expect(new BatchReader().read(Buffer.from(batch(metrics)))).rejects.toThrow(words);
});

test('what is no JSON, and JSON nested too deeply, is refused, and the next batch is read', async () => {
  const reader = new BatchReader();
  await expect(reader.read(Buffer.from('{'.repeat(40_000)))).rejects.toThrow('not valid JSON');
  await expect(reader.read(Buffer.from(`{"run_id":${'['.repeat(200_000)}${']'.repeat(200_000)}}`))).rejects.toThrow(/call stack/);
  expect((await reader.read(Buffer.from(batch(Array.from({ length: METRICS }, (_, at) => metric(at)))))).series).toHaveLength(7);
});

test('while a very large body is read, others are answered', async () => {
  const body = Buffer.from(batch(Array.from({ length: 100_000 }, (_, at) => metric(at))));
  const reading = new BatchReader().read(body);
  let turns = 0;
  let done = false;
  const turn = (): void => { turns += 1; if (!done) setImmediate(turn); };
  turn();
  await expect(reading.finally(() => { done = true; })).rejects.toThrow('Got 100000 metrics');
  expect(turns).toBeGreaterThan(50);
});
