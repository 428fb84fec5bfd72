import type { Viewer } from '../../domain/access/viewer.ts';
import type { CommonValue } from '../../domain/search/common-values.ts';
import type { RunGroup } from '../../domain/search/group-runs.ts';
import type { RunField, RunFilter, RunOrder } from '../../domain/search/run-filter.ts';

/** MLflow's run view types: not deleted, deleted, both. */
export type RunLifecycle = 'ACTIVE' | 'DELETED' | 'ALL';

export interface RunQuery {
  /** Only runs of projects this viewer may see are ever found or counted. */
  readonly viewer: Viewer;
  /** Within one project (its slug). */
  readonly projectSlug?: string;
  /** Within these experiments (ids, not MLflow's numbers). */
  readonly experimentIds?: readonly string[];
  /** From `parseRunFilter`; null or absent for all. */
  readonly filter?: RunFilter | null;
  readonly lifecycle: RunLifecycle;
}

export interface RunPageRequest {
  /** From `parseRunOrder`; ties, and runs without any order, go by start time (newest first), then id. */
  readonly orderBy?: readonly RunOrder[];
  /** 1 to 50,000 (MLflow's bound). */
  readonly first: number;
  /** The cursor of the last run of the page before. Refuses with `search/bad-cursor` when it was made for another order. */
  readonly after?: string | null;
  /** Runs to leave out before the first one: a place in the whole list, for who jumps there. */
  readonly skip?: number;
}

export interface RunPage {
  readonly hits: readonly { readonly runId: string; readonly cursor: string }[];
  readonly hasMore: boolean;
  /** Runs that match, on this page or not. */
  readonly total: number;
}

export interface RunGrouping {
  readonly by: RunOrder['field'];
  /** The metric whose values each group brings along. */
  readonly metric: string | null;
}

/** Finds runs by a filter. Answers ids; the caller reads the rows it needs. What was committed before the question is in the answer. */
export interface RunSearch {
  find(query: RunQuery, page: RunPageRequest): Promise<RunPage>;
  count(query: RunQuery): Promise<number>;
  /** Reads beforehand what every answer needs, so that the first one does not wait for it. */
  warm(): Promise<void>;
  /** The values of a field that the newest runs have most often, beginning with a text before those with it elsewhere; none for what holds numbers only. Looks at a bounded number of runs. */
  values(query: RunQuery, wanted: { readonly field: RunField; readonly text: string; readonly first: number }): Promise<readonly CommonValue[]>;
  /** All groups, however many. */
  groups(query: RunQuery, grouping: RunGrouping): Promise<readonly RunGroup[]>;
}
