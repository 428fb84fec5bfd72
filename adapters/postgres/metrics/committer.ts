import type { Refusal } from '../../../domain/refusal.ts';
import type { MetricColumns, StreamPlace } from '../../../operations/ports/metric-store.ts';

/** One client's batch on its way to the database. */
export interface Append {
  readonly runId: string;
  readonly series: readonly MetricColumns[];
  /** Where it stands in its client's stream; null when it is of none. */
  readonly place: StreamPlace | null;
}

/** How many points of an append were new, or why nothing of it was written while the others were. */
export type Outcome = number | Refusal;

interface Waiting extends Append {
  readonly points: number;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (problem: unknown) => void;
}

export interface CommitterOptions {
  /** Writes all or nothing, but for those it answers a refusal of. */
  readonly write: (appends: readonly Append[]) => Promise<readonly Outcome[]>;
  /** Whether a failure may be the fault of one append of several, so that writing them one by one makes sense. */
  readonly mayBeOneAppendsFault: (problem: unknown) => boolean;
  /** Transactions at a time. With two, one gathers and packs while the other waits for the disk. */
  readonly flights?: number;
  readonly maxPointsAFlight?: number;
  readonly maxAppendsAFlight?: number;
  /** Points waiting or being written before callers are made to wait. */
  readonly maxPointsHeld?: number;
}

/**
 * Group commit: appends of all clients that arrive while the database is busy leave together in one transaction.
 * Two appends of one run are never in two transactions at a time (the second would wait for the first one's row lock), and keep their order.
 */
export class Committer {
  private readonly queue: Waiting[] = [];
  private readonly doorstep: (() => void)[] = [];
  private readonly busyRuns = new Set<string>();
  private readonly options: Required<CommitterOptions>;
  private pointsHeld = 0;
  private flying = 0;
  private woken = false;

  constructor(options: CommitterOptions) {
    this.options = { flights: 2, maxPointsAFlight: 100_000, maxAppendsAFlight: 512, maxPointsHeld: 1_000_000, ...options };
  }

  /**
   * Resolves after the append's commit; rejects with what it was refused for. First come, first served, also among those that wait for room.
   * `make` is called when there is room for so many points, so that what waits is not yet in memory; the points count towards the size of a flight.
   */
  append(points: number, make: () => Append): Promise<number> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        this.pointsHeld += points;
        const leave = (): void => {
          this.pointsHeld -= points;
          this.letIn();
        };
        const fail = (problem: unknown): void => { leave(); reject(problem instanceof Error ? problem : new Error(String(problem))); };
        try {
          this.queue.push({ ...make(), points, fail, settle: (outcome) => { if (typeof outcome === 'number') { leave(); resolve(outcome); } else fail(outcome); } });
          this.wake();
        } catch (problem) {
          fail(problem);
        }
      };
      if (this.doorstep.length > 0 || this.isFull()) this.doorstep.push(enter);
      else enter();
    });
  }

  private isFull(): boolean {
    return this.pointsHeld >= this.options.maxPointsHeld;
  }

  private letIn(): void {
    while (this.doorstep.length > 0 && !this.isFull()) this.doorstep.shift()?.();
  }

  private wake(): void {
    if (this.woken) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      this.depart();
    });
  }

  private depart(): void {
    while (this.flying < this.options.flights) {
      const appends = this.take();
      if (appends.length === 0) return;
      this.flying += 1;
      const runs = new Set(appends.map(({ runId }) => runId));
      for (const run of runs) this.busyRuns.add(run);
      void this.fly(appends).finally(() => {
        this.flying -= 1;
        for (const run of runs) this.busyRuns.delete(run);
        this.depart();
      });
    }
  }

  /** From the front of the queue, what fits into a flight; runs that are being written stay where they are. */
  private take(): Waiting[] {
    const { maxPointsAFlight, maxAppendsAFlight } = this.options;
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    const passedBy = new Set(this.busyRuns);
    let points = 0;
    for (const append of this.queue) {
      const fits = taken.length === 0 || (taken.length < maxAppendsAFlight && points + append.points <= maxPointsAFlight);
      if (fits && !passedBy.has(append.runId)) {
        taken.push(append);
        points += append.points;
      } else {
        left.push(append);
        passedBy.add(append.runId);
      }
    }
    this.queue.splice(0, this.queue.length, ...left);
    return taken;
  }

  private async fly(appends: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.options.write(appends);
      appends.forEach(({ settle }, at) => settle(outcomes[at] ?? 0));
    } catch (problem) {
      if (appends.length > 1 && this.options.mayBeOneAppendsFault(problem)) {
        for (const append of appends) await this.fly([append]);
      } else {
        for (const { fail } of appends) fail(problem);
      }
    }
  }
}
