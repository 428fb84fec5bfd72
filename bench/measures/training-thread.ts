import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from '../bench.ts';

const NAME = "training thread's cost of one logged step (Python, mlflow client untouched is the reference)";
const SCRIPT = fileURLToPath(new URL('../drive/training_thread.py', import.meta.url));

/** Microseconds by call. */
type Costs = Readonly<Record<string, { readonly p50: number; readonly p95: number }>>;

export const trainingThread: Bench = {
  name: 'training-thread', answers: [NAME], needs: ['mlflow'], seconds: { quick: 25, full: 110 },
  async measure(lab) {
    const costsAgainst = async (url: string): Promise<Costs> => {
      const env = { ...process.env, MLFLOW_TRACKING_URI: url, MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true', MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING: 'false' };
      const { stdout } = await promisify(execFile)(lab.python(), [SCRIPT, lab.quick ? '100' : '1000'], { env, cwd: lab.folder });
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Costs;
    };
    const postgres = await lab.postgres();
    const lemma = await lab.lemma({ LEMMA_DATA: join(lab.folder, 'on-shared'), DATABASE_URL: await postgres.urlOf('lemma') });
    const ours = await costsAgainst(lemma.url);
    await lemma.stop();
    const mlflow = await lab.mlflowServer({ postgresUrl: await postgres.urlOf('mlflow') });
    const theirs = await costsAgainst(mlflow.url);
    return Object.entries(ours).map(([call, { p50, p95 }]) => ({
      name: NAME, part: call, measured: `${micro(p50)}, p95 ${micro(p95)}`, note: `against the mlflow server ${micro(theirs[call]?.p50)}, p95 ${micro(theirs[call]?.p95)}`,
    }));
  },
};

const micro = (value = Number.NaN): string => `${Math.round(value).toLocaleString('en-US')} µs`;
