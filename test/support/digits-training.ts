import { loadDigits } from '../../examples/digits/dataset.ts';
import { DEFAULTS, train, type Config, type EpochResult } from '../../examples/digits/train.ts';
import type { LemmaClient } from './lemma-client.ts';

const digits = loadDigits();

/** Small enough to train in a fraction of a second, large enough to learn. */
const SMALL: Config = { ...DEFAULTS, hidden: 16, epochs: 6, learning_rate: 0.01 };

export interface Training {
  readonly runId: string;
  /** Trains one epoch and logs it; undefined when the last one is done. */
  epoch(): Promise<EpochResult | undefined>;
  /** Trains what is left and ends the run; answers the last epoch. */
  finish(): Promise<EpochResult>;
}

export interface TrainingOptions {
  /** As MLflow counts experiments. */
  readonly experiment: string;
  readonly name: string;
  readonly seed: number;
  readonly change?: Partial<Config>;
}

/** The number of the experiment with this MLflow name, such as "digits/learning rate"; made when there is none, as `mlflow.set_experiment` does. */
export async function setExperiment(client: LemmaClient, name: string): Promise<string> {
  return (await client.track<{ experiment_id: string }>('experiments/create', { name })).experiment_id;
}

/** A real training, told to Lemma in the calls an unmodified MLflow client makes: `start_run`, `log_params`, `log_metrics` after each epoch, `end_run`. */
export async function startTraining(client: LemmaClient, { experiment, name, seed, change = {} }: TrainingOptions): Promise<Training> {
  const config = { ...SMALL, ...change };
  const { run } = await client.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: experiment, run_name: name, start_time: Date.now(), tags: [{ key: 'mlflow.user', value: 'ada' }] });
  const run_id = run.info.run_id;
  await client.track('runs/log-batch', { run_id, params: Object.entries({ ...config, seed }).map(([key, value]) => ({ key, value: String(value) })) });
  const epochs = train(digits, config, seed);
  const epoch = async (): Promise<EpochResult | undefined> => {
    const next = epochs.next();
    if (next.done) return undefined;
    const { epoch: step, ...metrics } = next.value;
    await client.track('runs/log-batch', { run_id, metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, step, timestamp: Date.now() })) });
    return next.value;
  };
  let last: EpochResult | undefined;
  return {
    runId: run_id,
    epoch: async () => {
      const done = await epoch();
      last = done ?? last;
      return done;
    },
    finish: async () => {
      for (let done = await epoch(); done; done = await epoch()) last = done;
      await client.track('runs/update', { run_id, status: 'FINISHED', end_time: Date.now() });
      if (!last) throw new Error('The training had no epoch.');
      return last;
    },
  };
}

/** A whole training; answers its last epoch. */
export const trainOnce = async (client: LemmaClient, options: TrainingOptions): Promise<EpochResult> => (await startTraining(client, options)).finish();
