import { requireMetricName } from '../../domain/metrics/metric-name.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import type { Admission } from './admission.ts';
import type { GivenBatch } from './given-batch.ts';
import type { HeldBytes } from './held-bytes.ts';
import { LateLook } from './late-look.ts';

/** What a client wants to log, and to which run. */
export interface AskedStream {
  readonly runId: string;
  /** Null for one that cannot be gone on with: its numbers are forgotten. */
  readonly name: string | null;
  /** The number of its first batch. */
  readonly first: number;
}

/** What came of it. */
export interface Received {
  /** The number up to which everything is durable: of a named stream whatever request brought it, and 0 where that cannot be told. */
  readonly acknowledged: number;
  /** Points of this request that are durable, and how many of them were new. */
  readonly points: number;
  readonly added: number;
  /** Why the stream was left before its end: a refusal, or a failure of ours; null when it came to its end. */
  readonly cause: unknown;
}

export interface Receiving {
  readonly deps: Pick<DoorDeps, 'ports' | 'gate' | 'instruments'>;
  readonly admission: Admission;
  readonly held: HeldBytes;
  /** The door's name among the instruments. */
  readonly door: string;
}

/** Batches of one stream on their way to the store: the next is read while the last one waits for the disk. */
const MOST_UNDER_WAY = 4;

/**
 * Reads a client's stream as it arrives and commits it batch by batch, in order. The client is read no faster than the store writes.
 * Never rejects: what was durable before something went wrong is the answer.
 */
export async function receiveStream(receiving: Receiving, asked: AskedStream, batches: AsyncIterable<GivenBatch>): Promise<Received> {
  const stream = new ReceivedStream(receiving, asked);
  const cause = await problemOf(async () => { for await (const batch of batches) await stream.take(batch); });
  const failure = await problemOf(() => stream.end());
  return { ...stream.sum, acknowledged: await acknowledgedOf(receiving, asked, stream.sum.acknowledged), cause: failure ?? cause };
}

/** What the store has, not what the client says it sent before: it may have sent nothing of it. */
async function acknowledgedOf({ deps }: Receiving, { runId, name }: AskedStream, committed: number): Promise<number> {
  if (name === null) return committed;
  try {
    return await deps.ports.metrics.acknowledged(runId, name);
  } catch {
    return committed;
  }
}

async function problemOf(work: () => Promise<void>): Promise<unknown> {
  try {
    await work();
    return null;
  } catch (problem) {
    return problem;
  }
}

interface Committed { readonly last: number; readonly points: number; readonly added: number }

class ReceivedStream {
  private readonly receiving: Receiving;
  private readonly asked: AskedStream;
  private readonly late: LateLook;
  private readonly underWay: Promise<Committed>[] = [];
  private readonly names = new Set<string>();
  private next: number;
  sum: Omit<Received, 'cause'>;
  constructor(receiving: Receiving, asked: AskedStream) {
    this.receiving = receiving;
    this.asked = asked;
    this.late = new LateLook(receiving.deps, asked.runId);
    this.next = asked.first;
    this.sum = { acknowledged: 0, points: 0, added: 0 };
  }

  /** Resolves when there is room for the next one. */
  async take(batch: GivenBatch): Promise<void> {
    const { admission, held } = this.receiving;
    try {
      await admission.pass();
      batch.series.forEach(({ key }) => { this.requireName(key); });
    } catch (problem) {
      held.give(batch.bytes);
      throw problem;
    }
    const commit = this.commit(batch);
    // Each is waited for in its turn; until then nobody need hear that it failed.
    commit.catch(() => {});
    this.underWay.push(commit);
    while (this.underWay.length >= (held.isTight ? 1 : MOST_UNDER_WAY)) await this.count();
  }

  async end(): Promise<void> {
    try {
      while (this.underWay.length > 0) await this.count();
    } finally {
      await Promise.allSettled(this.underWay);
      await this.late.end();
    }
  }

  /** In order: what is durable behind a batch that failed is not acknowledged. */
  private async count(): Promise<void> {
    const committed = await this.underWay.shift();
    if (!committed) return;
    const { last, points, added } = committed;
    this.sum = { acknowledged: last, points: this.sum.points + points, added: this.sum.added + added };
    const { instruments } = this.receiving.deps;
    instruments.ingestedPoints.inc({ door: this.receiving.door }, points);
    instruments.ingestedBatches.inc({ door: this.receiving.door });
    this.late.look();
  }

  private async commit({ series, numbers, bytes }: GivenBatch): Promise<Committed> {
    const { runId, name } = this.asked;
    const [first, last] = [this.next, this.next + numbers - 1];
    this.next += numbers;
    try {
      const added = await this.receiving.deps.ports.metrics.appendColumns(runId, series, ...(name === null ? [] : [{ stream: name, first, last }]));
      return { last, points: series.reduce((sum, { values }) => sum + values.length, 0), added };
    } finally {
      this.receiving.held.give(bytes);
    }
  }

  private requireName(name: string): void {
    if (this.names.has(name)) return;
    requireMetricName(name);
    if (this.names.size >= 10_000) this.names.clear();
    this.names.add(name);
  }
}
