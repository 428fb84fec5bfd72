import type { DoorDeps } from '../http/door-deps.ts';
import { noteIfLate } from './note-if-late.ts';

/** Looks after commits of a stream whether they came to a run that has ended: one look at a time, and one more after the last commit. */
export class LateLook {
  private readonly deps: Pick<DoorDeps, 'gate' | 'ports'>;
  private readonly runId: string;
  private looking: Promise<void> | null = null;
  private again = false;
  private problem: unknown = null;
  constructor(deps: Pick<DoorDeps, 'gate' | 'ports'>, runId: string) {
    this.deps = deps;
    this.runId = runId;
  }

  /** To be called after every commit. */
  look(): void {
    this.again = true;
    this.looking ??= this.run();
  }

  /** Resolves when all that was committed was looked at. Rejects when that failed. */
  async end(): Promise<void> {
    await this.looking;
    if (this.problem) throw this.problem;
  }

  private async run(): Promise<void> {
    while (this.again) {
      this.again = false;
      try {
        await noteIfLate(this.deps, this.runId);
        this.problem = null;
      } catch (problem) {
        this.problem = problem;
      }
    }
    this.looking = null;
  }
}
