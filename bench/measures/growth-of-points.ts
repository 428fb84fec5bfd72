import type { Bench } from '../bench.ts';
import { logBatchLoad } from '../drive/log-batch.ts';
import { BatchRequest } from '../drive/batch-request.ts';
import { HttpStream } from '../drive/http-stream.ts';
import { track } from '../drive/track.ts';
import { ms, perSecond, quantile } from '../units.ts';

const NAME = 'growth: points at 1, 10 and 100 million, runs at 750, 7,500 and 75,000';
const MILLION = 1_000_000;
const CLIENTS = 16;
/** What the noise of a shared machine may add. */
const NOISE = 1.25;

/** The store as large as it is now: how fast the last million went in, and how long one chart of one run takes. */
interface Standing { readonly points: number; readonly rate: number; readonly readMs: number }

export const growthOfPoints: Bench = {
  name: 'growth-of-points', answers: [NAME], needs: [], seconds: { quick: 25, full: 275 },
  async measure(lab) {
    const lemma = await lab.lemma();
    const fill = async (points: number): Promise<number> => (await logBatchLoad({ url: lemma.url, clients: CLIENTS, points: 1000, warmMs: 0, durationMs: 0, batches: Math.ceil(points / CLIENTS / 1000) })).pointsPerSecond;
    const probe = await chartProbe(lemma.url);
    await fill(MILLION / 5);
    const standings: Standing[] = [];
    let points = MILLION / 5;
    for (const size of [1, ...(lab.quick ? [5] : [10, 100])].map((millions) => millions * MILLION)) {
      for (; points < size - MILLION; points += Math.min(5 * MILLION, size - MILLION - points)) await fill(Math.min(5 * MILLION, size - MILLION - points));
      const rate = await fill(size - points);
      points = size;
      standings.push({ points, rate, readMs: await probe() });
    }
    const [first, last] = [standings[0], standings.at(-1)];
    if (!first || !last) return [];
    const inMillions = ({ points: count }: Standing): string => `${count / MILLION} million`;
    const mayGrow = (Math.log(last.points) / Math.log(first.points)) * NOISE;
    const upTo = lab.quick ? '5 million in a quick run; ' : '';
    return [
      { name: NAME, part: 'points, writes', measured: standings.map((each) => `${perSecond(each.rate)} at ${inMillions(each)}`).join(', '), kept: last.rate >= first.rate / NOISE, note: `${upTo}kept while no slower than by the noise of a shared machine, ${NOISE} times` },
      { name: NAME, part: 'points, reads', measured: standings.map((each) => `${ms(each.readMs)} at ${inMillions(each)}`).join(', '), kept: last.readMs <= first.readMs * mayGrow, note: `${upTo}one chart of 1,000 points out of 10,000 steps, median; kept up to ${mayGrow.toFixed(2)} times, the growth of the logarithm and that noise` },
    ];
  },
};

/** A run like the others, and the time until a chart of it is answered. */
async function chartProbe(url: string): Promise<() => Promise<number>> {
  const { newExperiment, newRun } = track(url);
  const runId = await newRun(await newExperiment());
  const stream = await HttpStream.open(url);
  const request = new BatchRequest(new URL(url), runId, 1000);
  for (let batch = 0; batch < 100; batch += 1) await stream.send(request.next());
  stream.close();
  const body = (key: string): string => JSON.stringify({ query: 'query($id: ID!, $keys: [String!]) { run(id: $id) { series(keys: $keys, maxPoints: 1000) { steps values } } }', variables: { id: runId, keys: [key] } });
  const ask = async (at: number): Promise<number> => {
    const began = performance.now();
    const response = await fetch(new URL('/graphql', url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: body(`metric_${at % 10}`) });
    const text = await response.text();
    if (!response.ok || !text.includes('"steps":[1')) throw new Error(`The chart answered ${response.status}: ${text.slice(0, 300)}`);
    return performance.now() - began;
  };
  return async () => {
    const times: number[] = [];
    for (let at = 0; at < 60; at += 1) times.push(await ask(at));
    return quantile(times.slice(20), 0.5);
  };
}
