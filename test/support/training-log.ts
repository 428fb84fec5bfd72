import type { LemmaClient } from './lemma-client.ts';
import { untilAnswered } from './lemma-client.ts';

/** A point as MLflow's protocol has it; values that JSON cannot say are texts. */
export interface LoggedPoint {
  readonly key: string;
  readonly value: number | string;
  readonly timestamp: number;
  readonly step: number;
}

/** One run, and everything its client was told is kept. */
export class TrainingLog {
  readonly runId: string;
  /** Points by metric, as they were acknowledged. */
  readonly #kept = new Map<string, LoggedPoint[]>();
  /** Sent at least once: they may be there although nobody was told so. */
  readonly #sent = new Map<string, Set<string>>();

  constructor(runId: string) {
    this.runId = runId;
  }

  get keys(): readonly string[] {
    return [...this.#kept.keys()];
  }

  sending(points: readonly LoggedPoint[]): void {
    for (const point of points) (this.#sent.get(point.key) ?? this.#sent.set(point.key, new Set()).get(point.key))?.add(said(point));
  }

  acknowledged(points: readonly LoggedPoint[]): void {
    for (const point of points) (this.#kept.get(point.key) ?? this.#kept.set(point.key, []).get(point.key))?.push(point);
  }

  kept(key: string): readonly LoggedPoint[] {
    return [...(this.#kept.get(key) ?? [])];
  }

  /** What is wrong with a history read after `kept` was acknowledged, while more may have been on its way: something lost, told twice, or never sent. */
  wrongWith(key: string, kept: readonly LoggedPoint[], history: readonly LoggedPoint[]): readonly string[] {
    const told = history.map(said);
    const there = new Set(told);
    return [
      ...(there.size < told.length ? [`${told.length - there.size} points of ${key} were told twice`] : []),
      ...kept.map(said).filter((point) => !there.has(point)).slice(0, 3).map((point) => `${key} lost ${point}`),
      ...told.filter((point) => !this.#sent.get(key)?.has(point)).slice(0, 3).map((point) => `${key} has ${point}, which nobody sent`),
    ];
  }
}

const said = ({ step, timestamp, value }: LoggedPoint): string => `${Number(step)} at ${Number(timestamp)}: ${String(value)}`;

/** All points of a metric, page by page. */
export async function historyOf(client: LemmaClient, runId: string, key: string): Promise<readonly LoggedPoint[]> {
  const points: LoggedPoint[] = [];
  let token = '';
  do {
    const page = await untilAnswered(() => client.trackGet<{ metrics?: readonly LoggedPoint[]; next_page_token?: string }>('metrics/get-history', { run_id: runId, metric_key: key, max_results: '25000', ...(token ? { page_token: token } : {}) }));
    points.push(...(page.metrics ?? []));
    token = page.next_page_token ?? '';
  } while (token !== '');
  return points;
}

export interface ToldSummary {
  readonly count: number;
  readonly lastText: string;
  readonly lastStep: number;
  readonly firstStep: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly minStep: number | null;
  readonly maxStep: number | null;
}

/** What a summary must say of points, computed from them. */
export function summaryOf(points: readonly LoggedPoint[]): ToldSummary {
  const last = points.toSorted((a, b) => Number(a.step) - Number(b.step) || Number(a.timestamp) - Number(b.timestamp)).at(-1);
  const numbered = points.filter(({ value }) => !Number.isNaN(Number(value)));
  const numbers = numbered.map(({ value }) => Number(value));
  const firstStepOf = (among: readonly LoggedPoint[]): number | null => (among.length === 0 ? null : Math.min(...among.map(({ step }) => Number(step))));
  const firstStepAt = (wanted: number): number | null => firstStepOf(numbered.filter(({ value }) => Number(value) === wanted));
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    count: points.length, lastText: String(last?.value), lastStep: Number(last?.step), firstStep: firstStepOf(points), minStep: firstStepAt(Math.min(...numbers)), maxStep: firstStepAt(Math.max(...numbers)),
    min: numbers.length === 0 ? null : finite(Math.min(...numbers)), max: numbers.length === 0 ? null : finite(Math.max(...numbers)),
  };
}

/** The summaries the store keeps, by metric. */
export async function summariesOf(client: LemmaClient, runId: string): Promise<ReadonlyMap<string, ToldSummary>> {
  const { run } = await untilAnswered(() => client.graphql<{ run: { metrics: readonly ({ readonly key: string } & ToldSummary)[] } }>(
    'query($id: ID!) { run(id: $id) { metrics { key count lastText lastStep firstStep min max minStep maxStep } } }', { id: runId }));
  return new Map(run.metrics.map(({ key, ...summary }) => [key, summary]));
}
