import type { RunHealth, RunSigns } from '../../domain/runs/run-health.ts';

/** A run to look at: its signs, and what the last look found. */
export interface WatchedRun extends RunSigns {
  readonly runId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly projectId: string;
  readonly running: boolean;
  /** It logs metrics and has no variant yet. */
  readonly unplaced: boolean;
  readonly looked: RunHealth;
  /** When it was last seen to have been heard; null at the first look. */
  readonly heardAt: Date | null;
}

export interface HealthLook {
  readonly runId: string;
  readonly health: RunHealth;
  readonly heardAt: Date;
  readonly intervals: readonly number[];
}

export interface RunHealthRecords {
  /** Runs that train or ended a moment ago, those first that were looked at least recently; at most `limit`, with few statements however many. None while another worker looks. */
  toWatch(limit: number): Promise<readonly WatchedRun[]>;
  saveLooks(looks: readonly HealthLook[], at: Date): Promise<void>;
  beat(runId: string, at: Date): Promise<void>;
}
