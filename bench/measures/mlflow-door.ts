import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { generatorCeiling, logBatchRate } from '../drive/log-batch.ts';
import { perSecond, times } from '../units.ts';

const CLIENTS = 16;

export const mlflowDoor: Bench = {
  name: 'mlflow-door',
  answers: ['points/s through the MLflow door, batches of 1,000, 16 clients, against the `mlflow` server on the same Postgres'],
  needs: ['mlflow'],
  seconds: { quick: 60, full: 300 },
  async measure(lab) {
    const loadMs = lab.quick ? 4000 : 20_000;
    const postgres = await lab.postgres();
    const lemma = await lab.lemma({ LEMMA_DATA: join(lab.folder, 'on-shared'), DATABASE_URL: await postgres.urlOf('lemma') });
    await logBatchRate(lemma.url, 1, 1000);
    const ours = await logBatchRate(lemma.url, CLIENTS, loadMs);
    await lemma.stop();
    const ceiling = await generatorCeiling(CLIENTS, 2000);
    const mlflow = await lab.mlflowServer({ postgresUrl: await postgres.urlOf('mlflow') });
    const theirs = await logBatchRate(mlflow.url, CLIENTS, loadMs);
    return [{
      name: this.answers[0] ?? '', measured: `${times(ours / theirs)}: ${perSecond(ours)} against ${perSecond(theirs)}`, kept: ours >= 40 * theirs,
      note: `the generator alone does ${perSecond(ceiling)}`,
    }];
  },
};
