import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LoggedSegment, MetricColumns, MetricPoint, MetricStore } from '../../operations/ports/metric-store.ts';
import { InMemoryMetricStore } from '../fakes/in-memory-metric-store.ts';

/** A store, and everything it published so far. */
export interface MetricStoreUnderTest {
  readonly store: MetricStore;
  readonly published: readonly { readonly runId: string; readonly segment: LoggedSegment }[];
}

let runs = 0;
const newRun = (): string => (runs += 1).toString(16).padStart(32, '0');
const point = (key: string, step: number | bigint, value: number, timestamp: number | bigint = 1_000n + BigInt(step)): MetricPoint =>
  ({ key, step: BigInt(step), timestamp: BigInt(timestamp), value });
const curve = (key: string, from: number, to: number): MetricPoint[] =>
  Array.from({ length: to - from }, (_, at) => point(key, from + at, Math.sin(from + at)));

/** Points as text that tells -0 from 0, in a comparable order of runs of the store. */
const spell = (each: Omit<MetricPoint, 'key'>): string => `${each.step}/${each.timestamp}/${Object.is(each.value, -0) ? '-0' : each.value}`;

/** One series as it came: in this order, with what is twice. */
const given = (key: string, points: readonly MetricPoint[]): MetricColumns => ({
  key, steps: BigInt64Array.from(points, ({ step }) => step), timestamps: BigInt64Array.from(points, ({ timestamp }) => timestamp), values: Float64Array.from(points, ({ value }) => value),
});
const givenOf = (points: readonly MetricPoint[]): MetricColumns[] => [...Map.groupBy(points, ({ key }) => key)].map(([key, own]) => given(key, own));

async function read(store: MetricStore, runId: string, key: string): Promise<string[]> {
  const [columns] = (await store.series({ runIds: [runId], keys: [key] })).get(runId) ?? [];
  return spellColumns(columns);
}

function spellColumns(columns: LoggedSegment['series'][number] | undefined): string[] {
  return columns ? [...columns.values].map((value, at) => spell({ value, step: columns.steps[at] ?? 0n, timestamp: columns.timestamps[at] ?? 0n })) : [];
}

async function wholeLog(store: MetricStore, runId: string, pageSize = 3): Promise<LoggedSegment[]> {
  const log: LoggedSegment[] = [];
  for (;;) {
    const page = await store.since(runId, log.at(-1)?.sequence ?? 0, pageSize);
    log.push(...page);
    if (page.length < pageSize) return log;
  }
}

const spelledLog = (log: readonly LoggedSegment[]): string[] => log.flatMap(({ series }) => series.flatMap((each) => spellColumns(each).map((text) => `${each.key} ${text}`))).toSorted();

/** The positions go up, and end where the log ends: what several appends brought may come together. */
function expectToCover(log: readonly LoggedSegment[], end: number): void {
  const sequences = log.map(({ sequence }) => sequence);
  expect(sequences).toEqual([...new Set(sequences)].toSorted((a, b) => a - b));
  expect(sequences.at(-1) ?? 0).toBe(end);
}

/** What every MetricStore must keep, as numbered rules. */
export function metricStoreContract(name: string, open: () => MetricStoreUnderTest): void {
  describe(`MetricStore: ${name}`, () => {
    let store: MetricStore;
    let runId: string;
    let published: MetricStoreUnderTest['published'];
    beforeEach(() => {
      ({ store, published } = open());
      runId = newRun();
    });

    it('M1 gives back what was appended, in order of step, timestamp and value', async () => {
      expect(await store.append(runId, [point('loss', 2, 0.5), point('loss', 1, 0.7), point('acc', 1, 0.9), point('loss', 2, 0.4)])).toBe(4);
      expect(await read(store, runId, 'loss')).toEqual(['1/1001/0.7', '2/1002/0.4', '2/1002/0.5']);
      expect(await read(store, runId, 'acc')).toEqual(['1/1001/0.9']);
    });

    it('M2 keeps every float64 and int64 exactly', async () => {
      const values = [0, -0, NaN, Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, 0.1 + 0.2, 1 / 3];
      await store.append(runId, values.map((value, at) => point('v', at, value)));
      expect(await read(store, runId, 'v')).toEqual(values.map((value, at) => spell(point('v', at, value))));
      const ends = [-(2n ** 63n), -1n, 0n, 2n ** 53n + 1n, 2n ** 63n - 1n];
      await store.append(runId, ends.map((end) => point('ends', end, 1, end)));
      expect(await read(store, runId, 'ends')).toEqual(ends.map((end) => `${end}/${end}/1`));
    });

    it('M3 a summary is true after every append', async () => {
      const summary = async () => (await store.summaries([runId], ['m'])).get(runId)?.[0];
      expect(await summary()).toBeUndefined();
      await store.append(runId, [point('m', 1, NaN)]);
      expect(await summary()).toMatchObject({ key: 'm', count: 1, lastValue: NaN, lastStep: 1n, lastTimestamp: 1001n, minValue: null, maxValue: null });
      await store.append(runId, [point('m', 5, 3), point('m', 4, -2)]);
      expect(await summary()).toMatchObject({ count: 3, lastValue: 3, lastStep: 5n, minValue: -2, maxValue: 3 });
      await store.append(runId, [point('m', 2, 10)]);
      expect(await summary()).toMatchObject({ count: 4, lastValue: 3, lastStep: 5n, minValue: -2, maxValue: 10 });
      await store.append(runId, [point('m', 5, 3, 2000), point('m', 5, 1, 2000), point('m', 9, -Infinity)]);
      expect(await summary()).toMatchObject({ count: 7, lastValue: -Infinity, lastStep: 9n, minValue: -Infinity, maxValue: 10 });
    });

    it('M20 a summary knows where the extremes were first reached, whatever came late, twice or as NaN', async () => {
      const summary = async () => (await store.summaries([runId], ['m'])).get(runId)?.[0];
      await store.append(runId, [point('m', 3, NaN), point('m', 4, NaN)]);
      expect(await summary()).toMatchObject({ firstStep: 3n, minStep: null, maxStep: null });
      await store.append(runId, [point('m', 7, 1), point('m', 9, 5), point('m', 11, 1)]);
      expect(await summary()).toMatchObject({ firstStep: 3n, minStep: 7n, maxStep: 9n });
      await store.append(runId, [point('m', 9, 5), point('m', 2, 1), point('m', 10, 5)]);
      expect(await summary()).toMatchObject({ firstStep: 2n, minStep: 2n, maxStep: 9n, count: 7 });
      await store.append(runId, [point('m', 20, Infinity), point('m', -1, -0), point('m', 21, 0)]);
      expect(await summary()).toMatchObject({ firstStep: -1n, minStep: -1n, maxStep: 20n, minValue: -0 });
    });

    it('M4 at one step and moment, the larger value is the last', async () => {
      await store.append(runId, [point('m', 0, 2, 5), point('m', 0, 7, 5), point('m', 0, 4, 5)]);
      expect((await store.summaries([runId])).get(runId)).toMatchObject([{ lastValue: 7, count: 3 }]);
      await store.append(runId, [point('m', 0, 6, 5)]);
      expect((await store.summaries([runId])).get(runId)).toMatchObject([{ lastValue: 7, count: 4 }]);
    });

    it('M5 a repeated batch changes nothing: whole, re-split, shuffled or overlapping', async () => {
      const batch = [...curve('a', 0, 50), ...curve('b', 0, 3), point('a', 10, NaN), point('a', 10, -0), point('a', 10, 0)];
      expect(await store.append(runId, batch)).toBe(56);
      expect(await store.append(runId, batch)).toBe(0);
      expect(await store.append(runId, batch.slice(7, 31))).toBe(0);
      expect(await store.append(runId, batch.toReversed())).toBe(0);
      expect(await store.append(runId, [...curve('a', 40, 60), ...curve('c', 0, 2)])).toBe(12);
      expect((await store.summaries([runId])).get(runId)?.map(({ key, count }) => [key, count])).toEqual([['a', 63], ['b', 3], ['c', 2]]);
      expect(await store.position(runId)).toBe(2);
    });

    it('M6 equal points within a batch are one', async () => {
      expect(await store.append(runId, [point('m', 1, 1), point('m', 1, 1), point('m', 1, NaN), point('m', 1, NaN), point('m', 1, 1, 7)])).toBe(3);
    });

    it('M7 the same step, moment and value in another run or metric is another point', async () => {
      const other = newRun();
      expect(await store.append(runId, [point('m', 1, 1), point('n', 1, 1)])).toBe(2);
      expect(await store.append(other, [point('m', 1, 1)])).toBe(1);
    });

    it('M8 concurrent writers of one run and metric lose nothing and repeat nothing', async () => {
      const writers = Array.from({ length: 8 }, (_, writer) => Array.from({ length: 10 }, (_unused, batch) => curve('m', (writer * 7 + batch) * 5, (writer * 7 + batch) * 5 + 10)));
      const added = await Promise.all(writers.map(async (batches) => {
        let sum = 0;
        for (const batch of batches) sum += await store.append(runId, batch);
        return sum;
      }));
      const distinct = new Set(writers.flat(2).map(spell)).size;
      expect(added.reduce((a, b) => a + b)).toBe(distinct);
      expect(await read(store, runId, 'm')).toHaveLength(distinct);
      expect((await store.summaries([runId])).get(runId)?.[0]?.count).toBe(distinct);
    });

    it('M9 the log of a run adds up to the run, each point once', async () => {
      await Promise.all(Array.from({ length: 12 }, (_, batch) => store.append(runId, [...curve('m', batch * 4, batch * 4 + 6), point(`own-${batch}`, 0, batch)])));
      const log = await wholeLog(store, runId);
      expectToCover(log, await store.position(runId));
      const points = log.flatMap(({ series }) => series.flatMap((columns) => spellColumns(columns).map((text) => `${columns.key} ${text}`)));
      expect(new Set(points).size).toBe(points.length);
      expect(points.filter((text) => text.startsWith('m '))).toHaveLength(50);
      expect(points).toHaveLength(62);
      expect(await store.position(runId)).toBe(12);
      expect(await store.position(newRun())).toBe(0);
    });

    it('M10 a reader who follows the cursor while others write misses nothing and repeats nothing', async () => {
      const writing = Promise.all(Array.from({ length: 30 }, (_, batch) => store.append(runId, curve('m', batch * 10, batch * 10 + 10))));
      let done = false;
      const finished = writing.then(() => { done = true; });
      const seen: LoggedSegment[] = [];
      while (!done) seen.push(...(await store.since(runId, seen.at(-1)?.sequence ?? 0, 2)));
      await finished;
      for (let page = await store.since(runId, seen.at(-1)?.sequence ?? 0, 2); page.length > 0; page = await store.since(runId, seen.at(-1)?.sequence ?? 0, 2)) seen.push(...page);
      expectToCover(seen, await store.position(runId));
      expect(seen.flatMap(({ series }) => series.flatMap(spellColumns)).toSorted()).toEqual(curve('m', 0, 300).map(spell).toSorted());
    });

    it('M11 publishes each segment after it is durable, in the order of the log', async () => {
      for (let batch = 0; batch < 5; batch += 1) await store.append(runId, curve('m', batch * 3, batch * 3 + 4));
      const own = published.filter((each) => each.runId === runId);
      expect(own.map(({ segment }) => segment.sequence)).toEqual([1, 2, 3, 4, 5]);
      expect(own.flatMap(({ segment }) => segment.series.flatMap(spellColumns))).toEqual(curve('m', 0, 16).map(spell));
    });

    it('M12 a batch that cannot be kept is refused whole, and does not disturb others', async () => {
      const good = Promise.all(Array.from({ length: 5 }, (_, at) => store.append(newRun(), curve('m', at, at + 5))));
      await expect(store.append(runId, [point('ok', 1, 1), point('m', 2n ** 63n, 1)])).rejects.toMatchObject({ code: 'metric/step-out-of-range' });
      await expect(store.append(runId, [point('ok', 1, 1), point('m', 1, 1, -(2n ** 63n) - 1n)])).rejects.toMatchObject({ code: 'metric/timestamp-out-of-range' });
      await expect(store.append(runId, [point('ok', 1, 1), point('a\0b', 1, 1)])).rejects.toMatchObject({ code: 'metric/bad-name' });
      expect(await good).toEqual([5, 5, 5, 5, 5]);
      expect((await store.summaries([runId])).get(runId)).toBeUndefined();
      expect(await store.since(runId, 0, 10)).toEqual([]);
    });

    it('M19 a reader resumes from any position of the log, and gets exactly what came after', async () => {
      for (let batch = 0; batch < 9; batch += 1) await store.append(runId, [...curve('m', batch * 3, batch * 3 + 4), point('late', -batch, batch)]);
      const whole = spelledLog(await wholeLog(store, runId));
      const upTo: string[] = [];
      for (let position = 0; position <= 9; position += 1) {
        const rest: LoggedSegment[] = [];
        for (let page = await store.since(runId, position, 2); page.length > 0; page = await store.since(runId, rest.at(-1)?.sequence ?? position, 2)) rest.push(...page);
        expectToCover(rest, position === 9 ? 0 : 9);
        expect([...upTo, ...spelledLog(rest)].toSorted(), `after ${position}`).toEqual(whole);
        if (position < 9) upTo.push(...spelledLog([{ sequence: 0, series: published.filter((each) => each.runId === runId)[position]?.segment.series ?? [] }]));
      }
    });

    it('M13 an empty batch is no news', async () => {
      expect(await store.append(runId, [])).toBe(0);
      expect(await store.since(runId, 0, 10)).toEqual([]);
    });

    it('M14 thins a long series to the budget and keeps its spikes and its NaN', async () => {
      const points = curve('m', 0, 5_000).map((each) => (each.step === 1_234n ? { ...each, value: 99 } : each.step === 3_210n ? { ...each, value: NaN } : each));
      await store.append(runId, points);
      const [columns] = (await store.series({ runIds: [runId], keys: ['m'], maxPoints: 200 })).get(runId) ?? [];
      expect(columns?.values.length).toBeLessThanOrEqual(200);
      expect([...(columns?.steps ?? [])]).toEqual(expect.arrayContaining([0n, 1_234n, 3_210n, 4_999n]));
    });

    it('M15 reads many runs and only the metrics asked for', async () => {
      const other = newRun();
      await store.append(runId, [...curve('a', 0, 3), ...curve('b', 0, 3)]);
      await store.append(other, curve('b', 5, 7));
      const found = await store.series({ runIds: [runId, other, newRun()], keys: ['b', 'zzz'] });
      expect([...found.keys()].toSorted()).toEqual([runId, other].toSorted());
      expect(found.get(runId)?.map(({ key }) => key)).toEqual(['b']);
      expect((await store.summaries([runId, other])).get(other)).toMatchObject([{ key: 'b', count: 2 }]);
      expect(await store.names(new Map([['both', [runId, other]], ['nobody', []]]))).toEqual(new Map([['both', new Map([['a', 1], ['b', 2]])]]));
      expect((await store.names(new Map())).size).toBe(0);
    });

    it('M16 deleting a run forgets its points and nothing else', async () => {
      const other = newRun();
      await store.append(runId, curve('m', 0, 5));
      await store.append(other, curve('m', 0, 5));
      await store.delete([runId]);
      expect(await read(store, runId, 'm')).toEqual([]);
      expect((await store.summaries([runId])).size).toBe(0);
      expect(await store.since(runId, 0, 10)).toEqual([]);
      expect(await read(store, other, 'm')).toHaveLength(5);
    });

    it('M17 takes any name a metric may have', async () => {
      const names = ['a b/c:d-e_f.g', 'ünïcode 指标', '"quoted" \\ \'{x,y}\'', 'NULL', ''];
      await store.append(runId, names.map((name, at) => point(name, 1, at)));
      expect((await store.summaries([runId])).get(runId)?.map(({ key }) => key).toSorted()).toEqual(names.toSorted());
      for (const [at, name] of names.entries()) expect(await read(store, runId, name)).toEqual([`1/1001/${at}`]);
    });

    it('M18 agrees with a plain list of points, whatever the batches', async () => {
      const anyPoint = fc.record({
        key: fc.constantFrom('a', 'b'),
        step: fc.oneof(fc.bigInt({ min: -3n, max: 3n }), fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n))),
        timestamp: fc.bigInt({ min: 0n, max: 2n }),
        value: fc.oneof(fc.constantFrom(0, -0, 1, NaN, Infinity, -Infinity), fc.double()),
      });
      await fc.assert(fc.asyncProperty(fc.array(fc.array(anyPoint, { maxLength: 12 }), { maxLength: 6 }), async (batches) => {
        const own = newRun();
        const model = new InMemoryMetricStore();
        for (const batch of batches) expect(await store.append(own, batch)).toBe(await model.append(own, batch));
        for (const key of ['a', 'b']) expect(await read(store, own, key)).toEqual(await read(model, own, key));
        expect(await store.summaries([own])).toEqual(await model.summaries([own]));
        const log = await wholeLog(store, own);
        expect(spelledLog(log)).toEqual(spelledLog(await wholeLog(model, own)));
        expectToCover(log, await model.position(own));
      }), { numRuns: 40 });
    });

    it('M30 columns mean what the same points mean one by one, in whatever order and pieces they come', async () => {
      const anyPoint = fc.record({ key: fc.constantFrom('a', 'b'), step: fc.bigInt({ min: -3n, max: 3n }), timestamp: fc.bigInt({ min: 0n, max: 2n }), value: fc.oneof(fc.constantFrom(0, -0, NaN, Infinity), fc.double()) });
      await fc.assert(fc.asyncProperty(fc.array(fc.record({ points: fc.array(anyPoint, { maxLength: 12 }), columns: fc.boolean() }), { maxLength: 6 }), async (batches) => {
        const own = newRun();
        const model = new InMemoryMetricStore();
        for (const { points, columns } of batches) {
          const added = await model.append(own, points);
          expect(await (columns ? store.appendColumns(own, [...givenOf(points.slice(0, 5)), ...givenOf(points.slice(5))]) : store.append(own, points))).toBe(added);
        }
        for (const key of ['a', 'b']) expect(await read(store, own, key)).toEqual(await read(model, own, key));
        expect(await store.summaries([own])).toEqual(await model.summaries([own]));
        expect(spelledLog(await wholeLog(store, own))).toEqual(spelledLog(await wholeLog(model, own)));
      }), { numRuns: 30 });
    });

    it('M31 columns that cannot be kept are refused whole', async () => {
      await expect(store.appendColumns(runId, [given('ok', curve('ok', 0, 3)), given('a\0b', curve('m', 0, 3))])).rejects.toMatchObject({ code: 'metric/bad-name' });
      await expect(store.appendColumns(runId, [given('ok', curve('ok', 0, 3)), { ...given('m', curve('m', 0, 3)), steps: new BigInt64Array(4) }])).rejects.toMatchObject({ code: 'metric/columns-differ' });
      expect((await store.summaries([runId])).size).toBe(0);
      expect(await store.appendColumns(runId, [given('m', [])])).toBe(0);
      expect(await store.position(runId)).toBe(0);
    });

    it('M32 a stream is acknowledged up to its last batch, each run and stream for itself', async () => {
      expect(await store.acknowledged(runId, 's')).toBe(0);
      expect(await store.appendColumns(runId, givenOf(curve('m', 0, 10)), { stream: 's', first: 1, last: 1 })).toBe(10);
      expect(await store.appendColumns(runId, givenOf(curve('m', 10, 20)), { stream: 's', first: 2, last: 5 })).toBe(10);
      expect(await store.appendColumns(runId, givenOf(curve('n', 0, 10)), { stream: 'other', first: 1, last: 1 })).toBe(10);
      expect(await store.acknowledged(runId, 's')).toBe(5);
      expect(await store.acknowledged(runId, 'other')).toBe(1);
      expect(await store.acknowledged(newRun(), 's')).toBe(0);
    });

    it('M33 a batch of a stream that comes again changes nothing; what it has more is kept', async () => {
      const place = { stream: 's', first: 1, last: 3 };
      expect(await store.appendColumns(runId, givenOf(curve('m', 0, 10)), place)).toBe(10);
      expect(await store.appendColumns(runId, givenOf(curve('m', 0, 10)), place)).toBe(0);
      expect(await store.appendColumns(runId, givenOf(curve('m', 5, 12)), { ...place, first: 2, last: 2 })).toBe(2);
      expect(await store.acknowledged(runId, 's')).toBe(3);
      expect(await read(store, runId, 'm')).toHaveLength(12);
    });

    it('M34 a stream that leaves numbers out is refused, and harms nobody beside it', async () => {
      const results = await Promise.allSettled([
        store.appendColumns(runId, givenOf(curve('m', 0, 5)), { stream: 's', first: 1, last: 1 }),
        store.appendColumns(runId, givenOf(curve('m', 5, 10)), { stream: 's', first: 3, last: 3 }),
        store.appendColumns(runId, givenOf(curve('m', 10, 15)), { stream: 's', first: 2, last: 2 }),
      ]);
      expect(results).toMatchObject([{ value: 5 }, { reason: { code: 'stream/gap' } }, { value: 5 }]);
      expect(await read(store, runId, 'm')).toEqual([...curve('m', 0, 5), ...curve('m', 10, 15)].map(spell));
      expect(await store.acknowledged(runId, 's')).toBe(2);
    });

    it('M35 batches of a stream that are under way together are acknowledged in the order of the calls, also those without news', async () => {
      const batches = Array.from({ length: 40 }, (_, at) => store.appendColumns(runId, givenOf(curve('m', (at % 30) * 5, (at % 30) * 5 + 5)), { stream: 's', first: at + 1, last: at + 1 }));
      expect((await Promise.all(batches)).reduce((sum, added) => sum + added)).toBe(150);
      expect(await store.acknowledged(runId, 's')).toBe(40);
      await store.appendColumns(runId, [], { stream: 's', first: 41, last: 41 });
      expect(await store.acknowledged(runId, 's')).toBe(41);
    });

    it('M36 deleting a run forgets its streams', async () => {
      await store.appendColumns(runId, givenOf(curve('m', 0, 5)), { stream: 's', first: 1, last: 1 });
      await store.delete([runId]);
      expect(await store.acknowledged(runId, 's')).toBe(0);
      expect(await store.appendColumns(runId, givenOf(curve('m', 0, 5)), { stream: 's', first: 1, last: 1 })).toBe(5);
    });
  });
}
