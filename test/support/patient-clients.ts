import { Chance } from './chance.ts';
import { RequestFailed, untilAnswered, type LemmaClient } from './lemma-client.ts';
import { TrainingLog, type LoggedPoint } from './training-log.ts';

const KEYS = ['loss', 'accuracy', 'lr', 'grad_norm'] as const;
/** More appends than upkeep waits for before it packs a run while it goes on. */
const BATCHES_A_RUN = [280, 420] as const;
/** The part of batches that are sent again although they were acknowledged. */
const SENT_AGAIN = 0.05;
const PATIENCE_MS = 240_000;
interface Place { readonly acknowledged: number }

/** A run as one client logs it. Resolves when the points are acknowledged, however often they had to be sent. */
type Keep = (points: readonly LoggedPoint[]) => Promise<void>;

/**
 * Trainings that log until they are told to stop, one half through MLflow's door and one through the fast door. Each does what its protocol allows a client that got no answer: it sends
 * the batch again, whole or in two halves, or goes on with its stream from the number that was acknowledged.
 */
export class PatientClients {
  readonly logs: TrainingLog[] = [];
  /** Answers other than success, by what they said. */
  readonly refusals = new Map<string, number>();
  readonly #client: LemmaClient;
  readonly #seed: number;
  readonly #watchers = new Set<() => void>();
  #acknowledged = 0;
  #answeredAt = Date.now();
  #stopping = false;
  #experimentId = '';
  #running: Promise<unknown> = Promise.resolve();

  constructor(client: LemmaClient, seed: number) {
    this.#client = client;
    this.#seed = seed;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  async begin(clients: number): Promise<void> {
    this.#experimentId = (await this.#client.track<{ experiment_id: string }>('experiments/create', { name: `faults/patient-${this.#seed}-${Date.now()}` })).experiment_id;
    this.#running = Promise.all(Array.from({ length: clients }, (_, at) => this.#train(new Chance(this.#seed * 1000 + at), at % 2 === 0 ? 'mlflow' : 'stream')));
    // Whoever waits for them hears of it; nobody else must.
    this.#running.catch(() => this.#tell());
  }

  /** Resolves when so many more batches were acknowledged, by all clients together. */
  async more(batches: number): Promise<void> {
    const enough = this.#acknowledged + batches;
    await Promise.race([this.#running, new Promise<void>((resolve) => {
      const look = (): void => {
        if (this.#acknowledged < enough) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
    })]);
  }

  /** Every batch that was begun is brought to its acknowledgement. */
  async end(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  #tell(): void {
    for (const look of this.#watchers) look();
  }

  async #train(chance: Chance, door: 'mlflow' | 'stream'): Promise<void> {
    while (!this.#stopping) {
      const { run } = await untilAnswered(() => this.#client.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: this.#experimentId, start_time: 1_700_000_000_000 }), PATIENCE_MS);
      const log = new TrainingLog(run.info.run_id);
      this.logs.push(log);
      const keep = door === 'mlflow' ? this.#byBatches(log, chance) : this.#byStream(log, chance);
      const batches = chance.between(...BATCHES_A_RUN);
      for (let batch = 0; batch < batches && !this.#stopping; batch += 1) {
        const points = newPoints(chance, batch);
        log.sending(points);
        await keep(points);
        log.acknowledged(points);
        this.#acknowledged += 1;
        this.#tell();
      }
    }
  }

  #byBatches(log: TrainingLog, chance: Chance): Keep {
    const sent = async (points: readonly LoggedPoint[]): Promise<void> => {
      for (let parts = [points]; parts.length > 0;) {
        const [part = []] = parts;
        if (await this.#tried(() => this.#client.track('runs/log-batch', { run_id: log.runId, metrics: part }))) {
          parts = parts.slice(1);
          continue;
        }
        // All from the beginning again, perhaps cut elsewhere.
        const cut = chance.between(0, points.length - 1);
        parts = cut === 0 ? [points] : [points.slice(0, cut), points.slice(cut)];
      }
    };
    return async (points) => {
      await sent(points);
      // As a client does that never heard it was kept.
      if (chance.next() < SENT_AGAIN) await sent(points);
    };
  }

  /** One stream a run: its points are numbered from 1. */
  #byStream(log: TrainingLog, chance: Chance): Keep {
    const path = `/api/v1/runs/${log.runId}/metrics`;
    let place = 0;
    return async (points) => {
      const [begin, end] = [place, place + points.length];
      while (place < end) {
        const answered = await this.#tried(async () => { place = (await this.#client.postLines<Place>(`${path}?stream=patient&first=${place + 1}`, points.slice(place - begin))).acknowledged; });
        if (!answered) place = (await untilAnswered(() => this.#client.get<Place>(`${path}/streams/patient`), PATIENCE_MS)).acknowledged;
        if (place < begin || place > end) throw new Error(`The stream was acknowledged up to ${place}; ${begin} were acknowledged before, and ${end} were sent.`);
      }
      if (chance.next() < SENT_AGAIN) await this.#tried(() => this.#client.postLines(`${path}?stream=patient&first=${begin + 1}`, points));
    };
  }

  /** Whether it was answered. Gives up where that has not happened for long. */
  async #tried(request: () => Promise<unknown>): Promise<boolean> {
    try {
      await request();
      this.#answeredAt = Date.now();
      return true;
    } catch (error) {
      this.#note(error);
      if (Date.now() > this.#answeredAt + PATIENCE_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return false;
    }
  }

  /** What may be tried again; a refusal would not change. */
  #note(error: unknown): void {
    const said = error instanceof RequestFailed ? `${error.status} ${/"error_code":"(\w+)"/.exec(error.message)?.[1] ?? ''}` : 'no answer';
    this.refusals.set(said, (this.refusals.get(said) ?? 0) + 1);
    if (error instanceof RequestFailed && error.status < 500 && error.status !== 429) throw error;
  }
}

/** A few points of a few metrics. Now and then a step back, and values that JSON cannot say. No two points of a run are the same. */
function newPoints(chance: Chance, batch: number): readonly LoggedPoint[] {
  const keys = KEYS.slice(0, chance.between(1, KEYS.length));
  const back = chance.next() < 0.1 ? chance.between(1, 30) : 0;
  return keys.flatMap((key) => Array.from({ length: chance.between(1, 4) }, (_, at): LoggedPoint => {
    const unusual = chance.next() < 0.05 ? chance.oneOf(['NaN', 'Infinity', '-Infinity']) : null;
    return { key, value: unusual ?? Math.round(chance.next() * 1e9) / 1e6, step: Math.max(0, batch * 4 + at - back), timestamp: 1_700_000_000_000 + batch * 10 + at };
  }));
}
