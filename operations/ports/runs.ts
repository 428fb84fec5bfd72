import type { RunCapture, RunExit } from '../../domain/runs/capture.ts';

export type RunStatus = 'SCHEDULED' | 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED';

export interface Run {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly experimentId: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly seed: string | null;
  /** What the client said its user is; not an identity. */
  readonly userName: string;
  /** Whose credentials logged it. */
  readonly createdById: string | null;
  readonly parentRunId: string | null;
  readonly variantId: string | null;
  readonly sourceName: string | null;
  readonly codeRepository: string | null;
  readonly codeCommit: string | null;
  readonly codeBranch: string | null;
  readonly codeDirty: boolean;
  /** SHA-256 (hex) of the uncommitted changes, where a capture told them. */
  readonly codeDiff: string | null;
  readonly environmentId: string | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
  readonly excludedAt: Date | null;
  readonly excludedReason: string | null;
  readonly excludedById: string | null;
  readonly archivedAt: Date | null;
}

/** What may change of a run after it was made; undefined leaves a column as it is. */
export type RunChanges = Partial<Omit<Run, 'id' | 'createdById' | 'createdAt' | 'variantId'>>;

export interface RunRecords {
  get(id: string): Promise<Run | null>;
  /** The run, its row locked until the transaction ends: the writers of one run take turns. */
  lock(id: string): Promise<Run | null>;
  many(ids: readonly string[]): Promise<ReadonlyMap<string, Run>>;
  insert(run: Run): Promise<void>;
  update(id: string, changes: RunChanges): Promise<void>;
  /** The run and all runs of the project started inside it, however deep, in the order of their ids. A run may name a parent in any project: those of others are not this mover's to move. */
  withDescendants(id: string, projectId: string): Promise<readonly string[]>;
  /**
   * Puts runs into another experiment, and takes along what hangs on them: logged models, threads, share links, search documents.
   * They belong to no variant until the analysis has looked at them there.
   */
  move(ids: readonly string[], to: { readonly experimentId: string; readonly projectId: string; readonly at: Date }): Promise<void>;
  /** Deletes (a date) or restores (null) every run of the experiment. */
  markAllDeleted(experimentId: string, deletedAt: Date | null): Promise<void>;

  params(runId: string): Promise<ReadonlyMap<string, string>>;
  /** Adds the params that are new and answers, for each given key that was there before, the value that was and still is stored. */
  addParams(runId: string, params: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>>;
  tags(runId: string): Promise<ReadonlyMap<string, string>>;
  setTags(runId: string, tags: ReadonlyMap<string, string>): Promise<void>;
  /** Whether there was such a tag. */
  deleteTag(runId: string, key: string): Promise<boolean>;

  /** What is known of an environment. */
  environment(id: string): Promise<Readonly<Record<string, unknown>> | null>;
  /** The id of the environment with this digest, made if new. */
  saveEnvironment(environment: { readonly id: string; readonly digest: string; readonly content: Readonly<Record<string, unknown>> }): Promise<string>;

  /** What was captured of it. */
  capture(runId: string): Promise<RunCapture | null>;
  /** Keeps a capture in place of the one there was. */
  saveCapture(runId: string, capture: RunCapture, at: Date): Promise<void>;
  exit(runId: string): Promise<RunExit | null>;
  saveExit(runId: string, exit: RunExit): Promise<void>;
}
