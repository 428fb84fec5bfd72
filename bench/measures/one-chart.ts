import { join } from 'node:path';
import type { Bench, Row } from '../bench.ts';
import { chartTimes, mlflowChartTimes } from '../drive/ask-chart.ts';
import { bytesPerPoint, copyCurvesToMlflow, logCurves, newRuns, type Curves } from '../drive/curves.ts';
import type { Lab } from '../lab.ts';
import { ms, quantile, times } from '../units.ts';

const [DISK, LONG, MANY] = [
  'disk per point after compaction, float32-born curves with steps and timestamps',
  'one chart, 100 runs x 100,000 steps, 1,000 pixels, server time p95',
  'one chart, 1,000 runs x 10,000 steps',
] as const;

/** Lowest and highest of each of 1,000 columns of pixels. */
const LONG_POINTS = 2_000;
/** A thousand lines over a thousand pixels: lowest and highest of each second column. */
const MANY_POINTS = 1_000;
const MEASURED = 'from sending the request to the last byte of an Arrow answer over loopback, so more than server time';

export const oneChart: Bench = {
  name: 'one-chart',
  answers: [DISK, LONG, MANY],
  needs: ['mlflow'],
  seconds: { quick: 35, full: 405 },
  async measure(lab) {
    const long: Curves = lab.quick ? { runs: 10, steps: 100_000 } : { runs: 100, steps: 100_000 };
    const many: Curves = lab.quick ? { runs: 100, steps: 10_000 } : { runs: 1_000, steps: 10_000 };
    const asks = lab.quick ? 30 : 100;
    const postgres = await lab.postgres();
    const database = await postgres.urlOf('lemma');
    const lemma = await lab.lemma({ LEMMA_DATA: join(lab.folder, 'on-shared'), DATABASE_URL: database });
    const runs = await newRuns(lemma.url, long.runs);
    await logCurves(database, runs, long);
    const disk = await bytesPerPoint(database);
    const longTimes = await chartTimes(lemma.url, { runs, maxPoints: LONG_POINTS }, asks);
    const others = await newRuns(lemma.url, many.runs);
    await logCurves(database, others, many);
    const manyTimes = await chartTimes(lemma.url, { runs: others, maxPoints: MANY_POINTS }, asks);
    await lemma.stop();
    const peer = await besideMlflow(lab, await postgres.urlOf('mlflow'), long);
    const [p95, manyP95] = [quantile(longTimes, 0.95), quantile(manyTimes, 0.95)];
    const ratio = peer.median / quantile(longTimes, 0.5);
    return [
      { name: DISK, measured: `${disk.toFixed(2)} bytes`, ...judged(lab, disk <= 4.5), note: `all metric tables with indexes, overviews and stretches, rewritten by VACUUM FULL, ${sizeOf(long)}; mlflow's table metrics with its indexes: ${peer.bytesPerPoint.toFixed(0)} bytes` },
      { name: LONG, measured: `${ms(p95)} (median ${ms(quantile(longTimes, 0.5))})`, ...judged(lab, p95 <= 100 && ratio >= 20), note: `${times(ratio)} as fast as mlflow's get-history-bulk-interval (median ${ms(peer.median)}); ${MEASURED}; ${LONG_POINTS} points a run, lowest and highest of a column${smaller(lab, long)}` },
      { name: MANY, measured: `${ms(manyP95)} (median ${ms(quantile(manyTimes, 0.5))}), p95`, ...judged(lab, manyP95 <= 500), note: `${MANY_POINTS} points a run; ${MEASURED}${smaller(lab, many)}` },
    ] satisfies readonly Row[];
  },
};

async function besideMlflow(lab: Lab, database: string, size: Curves): Promise<{ readonly median: number; readonly bytesPerPoint: number }> {
  const mlflow = await lab.mlflowServer({ postgresUrl: database });
  const runs = await newRuns(mlflow.url, size.runs);
  const { bytesPerPoint: bytes } = await copyCurvesToMlflow(database, runs, size);
  return { median: quantile(await mlflowChartTimes(mlflow.url, { runs, maxPoints: LONG_POINTS }, 3), 0.5), bytesPerPoint: bytes };
}

/** A smaller size is measured and not judged; of few points, what empty tables and indexes take is a good part. */
const judged = (lab: Lab, kept: boolean): { readonly kept?: boolean } => (lab.quick ? {} : { kept });
const sizeOf = ({ runs, steps }: Curves): string => `${runs.toLocaleString('en-US')} runs x ${steps.toLocaleString('en-US')} steps`;
const smaller = (lab: Lab, size: Curves): string => (lab.quick ? `; a quick run has ${sizeOf(size)} only` : '');
