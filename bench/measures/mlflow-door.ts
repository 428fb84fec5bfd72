import { join } from 'node:path';
import type { Bench, Row } from '../bench.ts';
import { generatorCeiling, logBatchLoad, type LoadResult } from '../drive/log-batch.ts';
import { ms, perSecond, times } from '../units.ts';

const CLIENTS = 16;
const BY_THOUSAND = 'points/s through the MLflow door, batches of 1,000, 16 clients, against the `mlflow` server on the same Postgres';
const BY_TEN = 'the same, batches of 10';

export const mlflowDoor: Bench = {
  name: 'mlflow-door', answers: [BY_THOUSAND, BY_TEN], needs: ['mlflow'], seconds: { quick: 65, full: 200 },
  async measure(lab) {
    const warmMs = lab.quick ? 2000 : 5000;
    const durationMs = lab.quick ? 5000 : 25_000;
    const postgres = await lab.postgres();
    const both = async (url: string): Promise<{ readonly thousand: LoadResult; readonly ten: LoadResult }> => ({
      ten: await logBatchLoad({ url, clients: CLIENTS, points: 10, warmMs, durationMs }),
      // The peer needs seconds for sixteen such batches.
      thousand: await logBatchLoad({ url, clients: CLIENTS, points: 1000, warmMs, durationMs: durationMs * 1.6 }),
    });
    const lemma = await lab.lemma({ LEMMA_DATA: join(lab.folder, 'on-shared'), DATABASE_URL: await postgres.urlOf('lemma') });
    const ours = await both(lemma.url);
    await lemma.stop();
    const mlflow = await lab.mlflowServer({ postgresUrl: await postgres.urlOf('mlflow') });
    const theirs = await both(mlflow.url);
    await mlflow.stop();
    const ceiling = async (points: number): Promise<LoadResult> => generatorCeiling({ clients: CLIENTS, points, warmMs: 500, durationMs: 2000 });
    const [ceilingOfThousand, ceilingOfTen] = [await ceiling(1000), await ceiling(10)];
    const ratio = { thousand: ours.thousand.pointsPerSecond / theirs.thousand.pointsPerSecond, ten: ours.ten.pointsPerSecond / theirs.ten.pointsPerSecond };
    return [
      rowOf(BY_THOUSAND, ours.thousand, { theirs: theirs.thousand, ceiling: ceilingOfThousand, kept: ratio.thousand >= 40 }),
      rowOf(BY_TEN, ours.ten, { theirs: theirs.ten, ceiling: ceilingOfTen, kept: ratio.ten >= 15 || ours.ten.pointsPerSecond >= ceilingOfTen.pointsPerSecond / 2 }),
    ];
  },
};

function rowOf(name: Row['name'], ours: LoadResult, beside: { readonly theirs: LoadResult; readonly ceiling: LoadResult; readonly kept: boolean }): Row {
  const { theirs, ceiling, kept } = beside;
  return {
    name, kept, measured: `${times(ours.pointsPerSecond / theirs.pointsPerSecond)}: ${perSecond(ours.pointsPerSecond)}, mlflow ${perSecond(theirs.pointsPerSecond)}`,
    note: `a batch takes ${ms(ours.p50Ms)} at the median and ${ms(ours.p95Ms)} at p95, with mlflow ${ms(theirs.p50Ms)} and ${ms(theirs.p95Ms)}; the generator's ceiling is ${perSecond(ceiling.pointsPerSecond)}`,
  };
}
