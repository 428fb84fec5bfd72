/** Points of one run in a while of LOOK_MS that travel as they are; what is more is told as a hint to read the store. */
const MOST_POINTS = 2_000;
/** Hints about one run are as far apart as this, in milliseconds: a few pictures of a browser. */
const LOOK_MS = 50;

interface Pace { points: number; hint: number | null }

/**
 * Decides for each run how its points are told: all of them while they are few; while they are many, only that there are more, now and then. A reader takes as many as came
 * since its last look from the store, which costs it less than hearing of each, and the writer nothing.
 */
export class LivePace {
  private readonly paces = new Map<string, Pace>();
  private readonly hint: (runId: string, sequence: number) => void;
  constructor(hint: (runId: string, sequence: number) => void) {
    this.hint = hint;
  }

  /** Whether the segment may be told with its points; if not, that it is there is told within LOOK_MS. */
  mayTell(runId: string, sequence: number, points: number): boolean {
    const pace = this.paces.get(runId) ?? this.begin(runId);
    pace.points += points;
    if (pace.points <= MOST_POINTS && pace.hint === null) return true;
    pace.hint = sequence;
    return false;
  }

  private begin(runId: string): Pace {
    const pace: Pace = { points: 0, hint: null };
    this.paces.set(runId, pace);
    setTimeout(() => {
      this.paces.delete(runId);
      if (pace.hint !== null) this.hint(runId, pace.hint);
    }, LOOK_MS).unref();
    return pace;
  }
}
