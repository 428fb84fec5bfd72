import { beforeEach, describe, expect, it } from 'vitest';
import type { MetricColumns, MetricPoint, MetricRange, MetricStore, MetricStretches, StretchesRequest } from '../../operations/ports/metric-store.ts';

let runs = 0;
const newRun = (): string => (runs += 1).toString(16).padStart(32, 'b');
const point = (key: string, step: number, value: number, timestamp = 1_000 + step): MetricPoint => ({ key, step: BigInt(step), timestamp: BigInt(timestamp), value });
const curve = (key: string, from: number, to: number): MetricPoint[] => Array.from({ length: to - from }, (_, at) => point(key, from + at, Math.sin(from + at)));
const spell = ({ steps, timestamps, values }: MetricColumns): string => [...values].map((value, at) => `${steps[at]}/${timestamps[at]}/${value}`).join(' ');

const spread = (stretches: MetricStretches | undefined): { readonly step: bigint; readonly mean: number; readonly low: number; readonly high: number; readonly count: number }[] =>
  (stretches ? Array.from(stretches.steps, (step, at) => ({ step, mean: stretches.means[at] ?? NaN, low: stretches.lows[at] ?? NaN, high: stretches.highs[at] ?? NaN, count: stretches.counts[at] ?? NaN })) : []);

/** What every MetricStore must keep about parts of series, thinned or averaged: more numbered rules of metric-store.ts. */
export function metricReadingContract(name: string, open: () => { readonly store: MetricStore }): void {
  describe(`reading a MetricStore: ${name}`, () => {
    let store: MetricStore;
    let runId: string;
    beforeEach(() => {
      ({ store } = open());
      runId = newRun();
    });

    const stretchesAt = async (ask: Omit<StretchesRequest, 'runIds'>): Promise<readonly MetricStretches[]> => (await store.stretches({ runIds: [runId], ...ask })).get(runId) ?? [];

    it('M21 gives the part of a series over steps, moments, or time since the first point of the run', async () => {
      const other = newRun();
      await store.append(runId, [point('before', 0, 1, 900), ...curve('m', 0, 100)]);
      await store.append(other, curve('m', 0, 5));
      const steps = async (range: MetricRange): Promise<(readonly (bigint | undefined)[])[]> => {
        const found = await store.series({ runIds: [runId, other], keys: ['m'], range });
        return [runId, other].map((run) => (found.get(run) ?? []).flatMap((columns) => [columns.steps.at(0), columns.steps.at(-1)]));
      };
      expect(await steps({ axis: 'step', from: 9.5, to: 20 })).toEqual([[10n, 20n], []]);
      expect(await steps({ axis: 'step', to: 3n })).toEqual([[0n, 3n], [0n, 3n]]);
      expect(await steps({ axis: 'time', from: 1_090 })).toEqual([[90n, 99n], []]);
      expect(await steps({ axis: 'relative', from: 2, to: 110 })).toEqual([[0n, 10n], [2n, 4n]]);
      expect(await store.origins([runId, other, newRun()])).toEqual(new Map([[runId, 900n], [other, 1_000n]]));
      await expect(store.series({ runIds: [runId], range: { axis: 'step', from: 2, to: 1 } })).rejects.toMatchObject({ code: 'metric/bad-range' });
    });

    it('M22 thins only what lies in the range: a part of a long series is as fine as the budget allows', async () => {
      for (let batch = 0; batch < 10; batch += 1) await store.append(runId, curve('m', batch * 2_000, batch * 2_000 + 2_000).map((each) => (each.step === 12_345n ? { ...each, value: 99 } : each)));
      const few = async (range?: MetricRange) => (await store.series({ runIds: [runId], keys: ['m'], maxPoints: 500, range })).get(runId)?.[0];
      const whole = await few();
      expect(whole?.values.length).toBeLessThanOrEqual(500);
      expect([...whole?.steps ?? []]).toContain(12_345n);
      expect([...(await few({ axis: 'step', from: 12_200, to: 12_500 }))?.steps ?? []]).toEqual(Array.from({ length: 301 }, (_, at) => BigInt(12_200 + at)));
      const part = await few({ axis: 'time', from: 11_000, to: 15_000 });
      expect(part?.values.length).toBeGreaterThan(400);
      expect([part?.steps.at(0), part?.steps.at(-1), part?.values.includes(99)]).toEqual([10_000n, 14_000n, true]);
    });

    it('M23 streams the same series, by run and key', async () => {
      const runs = [newRun(), newRun(), newRun()];
      for (const run of runs) await store.append(run, [...curve('b', 0, 7), ...curve('a', 3, 9)]);
      const range = { axis: 'step', from: 2 } as const;
      const streamed: string[] = [];
      for await (const { runId: run, columns } of store.stream({ runIds: runs, range })) streamed.push(`${run} ${columns.key} ${spell(columns)}`);
      const found = await store.series({ runIds: runs, range });
      expect(streamed).toEqual(runs.toSorted().flatMap((run) => (found.get(run) ?? []).map((columns) => `${run} ${columns.key} ${spell(columns)}`)));
      expect(streamed).toHaveLength(6);
    });

    it('M24 tells mean, smallest, largest and number of the finite values in stretches of steps, at whatever width', async () => {
      const values = Array.from({ length: 9_000 }, (_, at) => (at >= 640 && at < 768 ? NaN : at === 5_000 ? Infinity : Math.fround(Math.sin(at / 40) * 3)));
      for (let batch = 0; batch < 9; batch += 1) await store.append(runId, values.slice(batch * 1_000, batch * 1_000 + 1_000).map((value, at) => point('m', batch * 1_000 + at - 300, value)));
      await store.append(runId, curve('short', 0, 3));
      for (const exponent of [0, 3, 7, 12, 63]) {
        const buckets = [...Map.groupBy(values.map((value, at) => ({ value, bucket: BigInt(at - 300) >> BigInt(exponent) })), ({ bucket }) => bucket)].map(([bucket, own]) => {
          const finite = own.map(({ value }) => value).filter(Number.isFinite);
          return { bucket, count: finite.length, mean: finite.reduce((a, b) => a + b, 0) / finite.length, low: finite.length === 0 ? NaN : Math.min(...finite), high: finite.length === 0 ? NaN : Math.max(...finite) };
        });
        const [m, short] = await stretchesAt({ exponent });
        expect([m?.key, short?.key]).toEqual(['m', 'short']);
        expect(spread(m).map(({ step, count }) => [step >> BigInt(exponent), count])).toEqual(buckets.map(({ bucket, count }) => [bucket, count]));
        // A store may round them outwards, by 0.004 % of themselves.
        const isEnd = (end: number, exact: number, outwards: 1 | -1): boolean => Object.is(end, exact) || ((end - exact) * outwards >= 0 && Math.abs(end - exact) <= Math.abs(exact) * 4e-5);
        expect(spread(m).filter(({ low, high }, at) => !isEnd(low, buckets[at]?.low ?? 0, -1) || !isEnd(high, buckets[at]?.high ?? 0, 1))).toEqual([]);
        const apart = spread(m).filter(({ mean }, at) => !Object.is(mean, buckets[at]?.mean) && !(Math.abs(mean - (buckets[at]?.mean ?? 0)) < 1e-6));
        expect(apart).toEqual([]);
      }
      const [part] = await stretchesAt({ keys: ['m'], exponent: 6, range: { axis: 'step', from: 100, to: 200 } });
      expect(spread(part).map(({ step, count }) => [step >> 6n, count])).toEqual([[1n, 64], [2n, 64], [3n, 64]]);
    });
  });
}
