import type { Relation, RunAttribute } from './run-filter.ts';
import type { MatchingWork } from './wildcard.ts';

/** What run search knows of a run beside its params, tags, metrics and datasets. Times are epoch milliseconds. */
export interface RunFacts {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly userName: string;
  readonly experimentId: string;
  /** "VIS-42". */
  readonly experimentKey: string;
  readonly mlflowExperimentId: number;
  readonly projectId: string;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly createdAt: number;
  readonly deleted: boolean;
  readonly excluded: boolean;
  readonly archived: boolean;
  readonly variantId: string | null;
  readonly seed: string | null;
  /** In hex, as the client said it. */
  readonly commit: string | null;
}

/** What run search knows of an experiment: said once, for all its runs. */
export interface ExperimentFacts {
  readonly id: string;
  /** "VIS-42". */
  readonly key: string;
  readonly projectId: string;
  readonly projectSlug: string;
  /** The owner's name. */
  readonly owner: string | null;
  /** The outcome of the verdict that counts now. */
  readonly verdict: string | null;
  readonly hypothesisStatus: string | null;
  /** Ids of the experiments it was derived from. */
  readonly parents: readonly string[];
}

/** What of the facts a filter, an order or a group may name: numbers for those that `isNumeric`, texts for the others. */
export const ATTRIBUTE: Readonly<Record<RunAttribute, (run: RunFacts, experiment: ExperimentFacts | undefined) => string | number | null | undefined>> = {
  run_id: (run) => run.id,
  run_name: (run) => run.name,
  status: (run) => run.status,
  user_id: (run) => run.userName,
  artifact_uri: (run) => `mlflow-artifacts:/${run.mlflowExperimentId}/${run.id}/artifacts`,
  start_time: (run) => run.startedAt,
  end_time: (run) => run.endedAt,
  created_at: (run) => run.createdAt,
  experiment: (run) => run.experimentKey,
  excluded: (run) => String(run.excluded),
  archived: (run) => String(run.archived),
  variant: (run) => run.variantId,
  seed: (run) => run.seed,
  commit: (run) => run.commit,
  project: (_, experiment) => experiment?.projectSlug,
  owner: (_, experiment) => experiment?.owner,
  verdict: (_, experiment) => experiment?.verdict,
  hypothesis_status: (_, experiment) => experiment?.hypothesisStatus,
};

export interface DatasetUse { readonly name: string; readonly digest: string; readonly context: string | null }

export interface NumberColumn {
  readonly kind: 'numbers';
  /** By places; of no meaning where there is no value. Shorter than the table where the last runs have none. */
  readonly values: Float64Array;
  /** 1 where there is a value. */
  readonly there: Uint8Array;
  at(place: number): number | undefined;
}

/** Each text once, and its number for each run: what is found out of a text is found out once, however many runs share it. */
export interface TextColumn {
  readonly kind: 'texts';
  /** Every text there is or was. */
  readonly texts: readonly string[];
  /** By places, one more than the number of the run's text; 0 where there is none. Shorter than the table where the last runs have none. */
  readonly codes: Int32Array;
  at(place: number): string | undefined;
  /** The place of each text among all, in their order. */
  ranks(): Int32Array;
  /** Each text read as a number; NaN where it is none. */
  numbers(): Float64Array;
}

export interface DatasetColumn {
  at(place: number): readonly DatasetUse[] | undefined;
}

/** Runs as rows, their fields as columns. A place is a row's number; a place without facts is empty. */
export interface RunTable {
  readonly runs: readonly (RunFacts | undefined)[];
  /** Latest values of a metric. */
  numbers(key: string): NumberColumn;
  texts(kind: 'param' | 'tag', key: string): TextColumn;
  attribute(name: RunAttribute): NumberColumn | TextColumn;
  datasets(): DatasetColumn;
  /** What the run's variant changed against its baseline: names by kind, one to a line, `CONFIG lr`. */
  changes(): TextColumn;
  /** The id of each run's experiment. */
  experiments(): TextColumn;
}

/** The table as somebody asks of it at a moment. */
export interface RunView extends RunTable {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly work: MatchingWork;
  /** Ids of the ancestors or descendants of an experiment ("VIS-42"), over experiments the asker may see. */
  relatives(relation: Relation, experiment: string): ReadonlySet<string>;
}
