import type { Viewer } from '../../domain/access/viewer.ts';
import type { DuplicatePolicy, EarlierRun } from '../../domain/duplicates/match.ts';
import type { RecipeSource } from '../../domain/duplicates/recipe.ts';

/** What is recorded of a run, to make its recipe from. */
export interface RecordedRun {
  readonly runId: string;
  readonly seed: string | null;
  readonly source: RecipeSource;
}

export interface RunBehind extends RecordedRun {
  /** When the run was last changed: its recipe says what it was made from by this. */
  readonly seen: Date;
  /** When it started. */
  readonly at: Date;
}

export interface StoredRecipe {
  readonly runId: string;
  readonly seen: Date;
  readonly at: Date;
  /** The first of its digests; null where nothing proves it the same as another. */
  readonly digest: string | null;
  readonly codeMeaning: string | null;
  /** SHA-256 digests (hex) under which it is found; 128 bits of each are kept. */
  readonly keys: readonly string[];
}

export interface KeyQuestion {
  readonly keys: readonly string[];
  /** At most so many a key, the newest first. */
  readonly perKey: number;
  /** Only runs that started before; null for all. */
  readonly before: Date | null;
  /** The run that asks. */
  readonly except: string | null;
}

/** Why somebody goes on although it was done before. Of a run or of an experiment. */
export interface DuplicateReason {
  readonly id: string;
  readonly runId: string | null;
  readonly experimentId: string | null;
  /** Done again on purpose, to see whether it holds. */
  readonly replication: boolean;
  readonly reason: string;
  readonly personId: string | null;
  readonly createdAt: Date;
}

export interface SimilarHypothesis {
  readonly hypothesisId: string;
  /** 0 to 1: the share of trigrams in common, of the whole or of the words that were asked for. */
  readonly similarity: number;
}

export interface DuplicateRecords {
  /** Runs of an experiment that are not deleted and changed since their recipe was stored, or have none; by id, at most `limit`. */
  behind(experimentId: string, limit: number): Promise<readonly RunBehind[]>;
  /** In place of what was stored of these runs. */
  save(recipes: readonly StoredRecipe[]): Promise<void>;
  /** Runs under any of the keys that the viewer may see, are neither deleted nor excluded and did not fail; each once. */
  byKeys(viewer: Viewer, question: KeyQuestion): Promise<readonly EarlierRun[]>;
  /** What is recorded of runs. Without `files` the code of a run that was captured has the meaning alone. */
  recorded(runIds: readonly string[], detail: { readonly files: boolean }): Promise<ReadonlyMap<string, RecordedRun>>;
  /** Hypotheses that the viewer may see and that say nearly the same, by trigrams; one on the same metric counts as a little closer. The closest first, at most `most`. */
  similarHypotheses(viewer: Viewer, asked: { readonly statement: string; readonly metric: string | null; readonly except: string | null }, most: number): Promise<readonly SimilarHypothesis[]>;
  policy(projectId: string): Promise<DuplicatePolicy>;
  setPolicy(projectId: string, policy: DuplicatePolicy): Promise<void>;
  addReason(reason: DuplicateReason): Promise<void>;
}
