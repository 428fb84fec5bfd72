import { join } from 'node:path';
import type { Bench, Row } from '../bench.ts';
import { generatorCeiling, logBatchLoad, type LoadResult } from '../drive/log-batch.ts';
import { ms, perSecond, times } from '../units.ts';

const CLIENTS = 16;
const TURNS = 2;
const BY_THOUSAND = 'points/s through the MLflow door, batches of 1,000, 16 clients, against the `mlflow` server on the same Postgres';
const BY_TEN = 'the same, batches of 10';

export const mlflowDoor: Bench = {
  name: 'mlflow-door', answers: [BY_THOUSAND, BY_TEN], needs: ['mlflow'], seconds: { quick: 45, full: 205 },
  async measure(lab) {
    const warmMs = lab.quick ? 1000 : 5000;
    const durationMs = lab.quick ? 4000 : 25_000;
    const postgres = await lab.postgres();
    const lemma = await lab.lemma({ LEMMA_DATA: join(lab.folder, 'on-shared'), DATABASE_URL: await postgres.urlOf('lemma') });
    const mlflow = await lab.mlflowServer({ postgresUrl: await postgres.urlOf('mlflow') });
    // In turns: what else the machine does meanwhile falls on both. The peer needs seconds for sixteen batches of a thousand.
    const inTurns = async (points: number, turnMs: number): Promise<Beside> => {
      const turns: { readonly ours: LoadResult; readonly theirs: LoadResult }[] = [];
      for (let turn = 0; turn < TURNS; turn += 1) {
        const load = { clients: CLIENTS, points, warmMs, durationMs: turnMs / TURNS };
        turns.push({ ours: await logBatchLoad({ ...load, url: lemma.url }), theirs: await logBatchLoad({ ...load, url: mlflow.url, durationMs: load.durationMs * 1.5 }) });
      }
      return { ours: mean(turns.map(({ ours }) => ours)), theirs: mean(turns.map(({ theirs }) => theirs)) };
    };
    const ten = await inTurns(10, durationMs);
    const thousand = await inTurns(1000, durationMs * 1.3);
    await Promise.all([lemma.stop(), mlflow.stop()]);
    const ceiling = async (points: number): Promise<LoadResult> => generatorCeiling({ clients: CLIENTS, points, warmMs: 500, durationMs: 1500 });
    const [ceilingOfThousand, ceilingOfTen] = [await ceiling(1000), await ceiling(10)];
    return [
      rowOf(BY_THOUSAND, thousand, { ceiling: ceilingOfThousand, kept: ratioOf(thousand) >= 40 }),
      rowOf(BY_TEN, ten, { ceiling: ceilingOfTen, kept: ratioOf(ten) >= 15 || ten.ours.pointsPerSecond >= ceilingOfTen.pointsPerSecond / 2 }),
    ];
  },
};

interface Beside { readonly ours: LoadResult; readonly theirs: LoadResult }

const ratioOf = ({ ours, theirs }: Beside): number => ours.pointsPerSecond / theirs.pointsPerSecond;

function mean(results: readonly LoadResult[]): LoadResult {
  const of = (figure: keyof LoadResult): number => results.reduce((sum, result) => sum + result[figure], 0) / results.length;
  return { pointsPerSecond: of('pointsPerSecond'), p50Ms: of('p50Ms'), p95Ms: of('p95Ms') };
}

function rowOf(name: Row['name'], { ours, theirs }: Beside, { ceiling, kept }: { readonly ceiling: LoadResult; readonly kept: boolean }): Row {
  return {
    name, kept, measured: `${times(ours.pointsPerSecond / theirs.pointsPerSecond)}: ${perSecond(ours.pointsPerSecond)}, mlflow ${perSecond(theirs.pointsPerSecond)}`,
    note: `a batch takes ${ms(ours.p50Ms)} at the median and ${ms(ours.p95Ms)} at p95, with mlflow ${ms(theirs.p50Ms)} and ${ms(theirs.p95Ms)}; the generator's ceiling is ${perSecond(ceiling.pointsPerSecond)}`,
  };
}
