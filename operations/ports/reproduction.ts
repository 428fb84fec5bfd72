import type { Made, Outcome } from '../../domain/reproduction/attempt.ts';

/** An attempt to do a run again, as it is kept. */
export interface Reproduction extends Outcome {
  /** 32 hexadecimal digits, chosen by the client. */
  readonly id: string;
  readonly runId: string;
  /** The run that did it again; null where nothing could be started. */
  readonly againId: string | null;
  readonly machine: string | null;
  readonly personId: string | null;
  readonly createdAt: Date;
}

/** A run of a variant, to learn from how far its runs lie apart. */
export interface VariantRun { readonly id: string; readonly seed: string | null }

export interface ReproductionRecords {
  get(id: string): Promise<Reproduction | null>;
  insert(reproduction: Reproduction): Promise<void>;
  /** What runs were made of. */
  made(runIds: readonly string[]): Promise<ReadonlyMap<string, Made>>;
  /** Runs of a variant that finished and count, at most `limit`, the newest first. */
  variantRuns(variantId: string, limit: number): Promise<readonly VariantRun[]>;
}
