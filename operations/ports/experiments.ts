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

export interface ExperimentRecords {
  get(id: string): Promise<Experiment | null>;
  /** By "VIS-42". */
  byKey(key: string): Promise<Experiment | null>;
  byMlflowId(mlflowId: number): Promise<Experiment | null>;
  byName(projectId: string, name: string): Promise<Experiment | null>;
  /** The database chooses mlflowId, except that `mlflowId: 0` makes the "Default" experiment. */
  insert(experiment: Omit<Experiment, 'mlflowId' | 'inputsVersion' | 'analysedVersion' | 'evidenceDigest' | 'verdictId'> & { readonly mlflowId?: 0 }): Promise<Experiment>;
  update(id: string, changes: Partial<Pick<Experiment, 'name' | 'description' | 'ownerId' | 'hypothesisId' | 'design' | 'baselineFingerprint' | 'projectId' | 'number' | 'archivedAt' | 'deletedAt' | 'updatedAt'>>): Promise<void>;
  setParents(id: string, parentIds: readonly string[]): Promise<void>;
  tags(id: string): Promise<ReadonlyMap<string, string>>;
  setTags(id: string, tags: ReadonlyMap<string, string>): Promise<void>;
  deleteTag(id: string, key: string): Promise<boolean>;
}
