import type { MetricColumns } from '../../../operations/ports/metric-store.ts';

/** One client's batch on its way to the database. */
export interface Append {
  readonly runId: string;
  readonly series: readonly MetricColumns[];
}

interface Waiting extends Append {
  readonly points: number;
  readonly settle: (added: number) => void;
  readonly fail: (problem: unknown) => void;
}

export interface CommitterOptions {
  /** Writes all or nothing; answers how many points of each append were new. */
  readonly write: (appends: readonly Append[]) => Promise<readonly number[]>;
  /** Whether a failure may be the fault of one append of several, so that writing them one by one makes sense. */
  readonly mayBeOneAppendsFault: (problem: unknown) => boolean;
  /** Transactions at a time. With two, one gathers and packs while the other waits for the disk. */
  readonly flights?: number;
  readonly maxPointsAFlight?: number;
  readonly maxAppendsAFlight?: number;
  /** Points waiting or being written before `add` makes callers wait. */
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

  /** Resolves when it is this caller's turn to hold `points` more points in memory, until it calls `leave`. First come, first served. */
  async room(points: number): Promise<void> {
    if (this.doorstep.length > 0 || this.isFull()) await new Promise<void>((enter) => this.doorstep.push(enter));
    this.pointsHeld += points;
  }

  /** Takes an append for which `room` was awaited; resolves after its commit. `points` counts towards the size of a flight. */
  add(append: Append, points: number): Promise<number> {
    return new Promise((settle, fail) => {
      this.queue.push({ ...append, points, settle, fail });
      this.wake();
    });
  }

  /** Gives back room. */
  leave(points: number): void {
    this.pointsHeld -= points;
    this.letIn();
  }

  private isFull(): boolean {
    return this.pointsHeld >= this.options.maxPointsHeld;
  }

  private letIn(): void {
    if (!this.isFull()) this.doorstep.shift()?.();
    // One at a time: who enters adds its points a moment later, and the next is let in on the next change.
    if (this.doorstep.length > 0 && !this.isFull()) setImmediate(() => this.letIn());
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
      const added = await this.options.write(appends);
      appends.forEach(({ settle }, at) => settle(added[at] ?? 0));
    } catch (problem) {
      if (appends.length > 1 && this.options.mayBeOneAppendsFault(problem)) {
        for (const append of appends) await this.fly([append]);
      } else {
        for (const { fail } of appends) fail(problem);
      }
    }
  }
}
