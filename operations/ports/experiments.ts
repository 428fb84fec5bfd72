export type ExperimentDesign = 'SINGLE_CHANGE' | 'ABLATION' | 'FACTORIAL' | 'SWEEP' | 'BASELINE';

export interface Experiment {
  readonly id: string;
  readonly mlflowId: number;
  readonly projectId: string;
  readonly number: number;
  readonly name: string;
  readonly description: string | null;
  readonly ownerId: string | null;
  /** Null while exploratory. */
  readonly hypothesisId: string | null;
  readonly design: ExperimentDesign;
  /** Made by a run that named its hypothesis in words: others that name it come here too. */
  readonly madeForRuns: boolean;
  readonly baselineFingerprint: string | null;
  readonly inputsVersion: number;
  readonly analysedVersion: number;
  readonly evidenceDigest: string;
  readonly verdictId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archivedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** As far as operations need it; the analysis worker owns the rest. */
export interface VariantOf {
  readonly id: string;
  readonly experimentId: string;
  readonly fingerprint: string;
  readonly label: string;
  /** What goes on may still turn out to be something else: its environment comes at the end. */
  readonly hasEndedRun: boolean;
}

export interface ExperimentRecords {
  get(id: string): Promise<Experiment | null>;
  many(ids: readonly string[]): Promise<readonly Experiment[]>;
  /** The first experiment of the hypothesis that was made for runs which named it, those deleted or archived left out. */
  madeForRuns(hypothesisId: string): Promise<Experiment | null>;
  /** By "VIS-42". */
  byKey(key: string): Promise<Experiment | null>;
  byMlflowId(mlflowId: number): Promise<Experiment | null>;
  byName(projectId: string, name: string): Promise<Experiment | null>;
  /** Leads MLflow clients that still say this name on to the experiment, for as long as no other has the name; of two that had it, the later one. */
  rememberName(former: { readonly projectId: string; readonly name: string; readonly experimentId: string }): Promise<void>;
  /** Reads the row again and keeps it from changing until the transaction ends. */
  lock(id: string): Promise<Experiment | null>;
  /** The database chooses mlflowId, except that `mlflowId: 0` makes the "Default" experiment. */
  insert(experiment: Omit<Experiment, 'mlflowId' | 'inputsVersion' | 'analysedVersion' | 'evidenceDigest' | 'verdictId'> & { readonly mlflowId?: 0 }): Promise<Experiment>;
  update(id: string, changes: Partial<Pick<Experiment, 'name' | 'description' | 'ownerId' | 'hypothesisId' | 'design' | 'baselineFingerprint' | 'projectId' | 'number' | 'archivedAt' | 'deletedAt' | 'updatedAt'>>): Promise<void>;
  /** Gives the experiment another project and number, and takes along what hangs on it: threads, share links, search documents, its runs' too. */
  relocate(id: string, to: { readonly projectId: string; readonly number: number; readonly at: Date }): Promise<void>;
  parentIds(id: string): Promise<readonly string[]>;
  setParents(id: string, parentIds: readonly string[]): Promise<void>;
  /** Lets one transaction at a time change what was derived from what, until it ends: two harmless changes together could close a circle. */
  lockLineage(): Promise<void>;
  /** These experiments and everything they were derived from, however far back. */
  withAncestors(ids: readonly string[]): Promise<ReadonlySet<string>>;
  variant(id: string): Promise<VariantOf | null>;
  /** Of the verdict that counts now, such as SUPPORTED. */
  outcome(id: string): Promise<string | null>;
  tags(id: string): Promise<ReadonlyMap<string, string>>;
  setTags(id: string, tags: ReadonlyMap<string, string>): Promise<void>;
  deleteTag(id: string, key: string): Promise<boolean>;
}
