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
}

export interface DatasetUse { readonly name: string; readonly digest: string; readonly context: string | null }

export interface NumberColumn {
  at(place: number): number | undefined;
}

export interface TextColumn {
  at(place: number): string | undefined;
  /** Every text there is or was, once. */
  readonly texts: readonly string[];
  /** Which of the texts a run has; -1 for none. */
  textNumber(place: number): number;
  /** The place of each text among all, in their order. */
  ranks(): ArrayLike<number>;
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
  datasets(): DatasetColumn;
}
