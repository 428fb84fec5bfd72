import type { Bench } from '../bench.ts';
import { BatchRequest } from '../drive/batch-request.ts';
import { HttpStream } from '../drive/http-stream.ts';
import { track } from '../drive/track.ts';
import { ms, quantile } from '../units.ts';

const NAME = 'a retried batch of 1,000 against a first one';

export const retriedBatch: Bench = {
  name: 'retried-batch', answers: [NAME], needs: [], seconds: { quick: 10, full: 40 },
  async measure(lab) {
    const lemma = await lab.lemma();
    const { newExperiment, newRun, get } = track(lemma.url);
    const runId = await newRun(await newExperiment());
    const stream = await HttpStream.open(lemma.url);
    const timed = async (request: Buffer): Promise<number> => {
      const began = performance.now();
      const { status, body } = await stream.send(request);
      if (status !== 200) throw new Error(`log-batch answered ${status}: ${body.slice(0, 300)}`);
      return performance.now() - began;
    };
    const batches = lab.quick ? 150 : 600;
    const request = new BatchRequest(new URL(lemma.url), runId, 1000);
    for (let warm = 0; warm < 30; warm += 1) await timed(request.next());
    const [first, retried, late]: [number[], number[], number[]] = [[], [], []];
    // Side by side, so that whatever else the machine does falls on both.
    for (let batch = 0; batch < batches; batch += 1) {
      first.push(await timed(request.next()));
      retried.push(await timed(request.again()));
    }
    const stored = async (): Promise<string> => JSON.stringify([await get('runs/get', { run_id: runId }), await get('metrics/get-history', { run_id: runId, metric_key: 'metric_3', max_results: '25000' })]);
    const before = await stored();
    // The whole log once more from its beginning, as a client does that lost its place.
    const again = new BatchRequest(new URL(lemma.url), runId, 1000);
    for (let batch = 0; batch < batches; batch += 1) late.push(await timed(again.next()));
    stream.close();
    const changes = (await stored()) === before ? 'changed nothing' : 'CHANGED WHAT WAS STORED';
    const median = (values: readonly number[]): number => quantile(values, 0.5);
    const ratios = [median(retried) / median(first), median(late) / median(first)];
    return [{
      name: NAME, measured: `${ratios[0]?.toFixed(2)} times at once, ${ratios[1]?.toFixed(2)} times when the whole log is sent again; ${changes}`,
      kept: Math.max(...ratios) <= 1.2 && changes === 'changed nothing', note: `a first one takes ${ms(median(first))} at the median of ${batches}, one client`,
    }];
  },
};
