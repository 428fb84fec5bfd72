export interface Hypothesis {
  readonly id: string;
  readonly projectId: string;
  readonly statement: string;
  readonly change: string | null;
  readonly because: string | null;
  readonly metric: string | null;
  readonly direction: 'INCREASE' | 'DECREASE' | null;
  readonly minEffect: number | null;
  readonly guardrails: readonly string[];
  readonly status: 'PROPOSED' | 'TESTING' | 'SUPPORTED' | 'REFUTED' | 'INCONCLUSIVE' | 'ABANDONED';
  readonly grade: 'STRONG' | 'FAIR' | 'WEAK' | 'UNFALSIFIABLE';
  readonly authorId: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archivedAt: Date | null;
}

export interface HypothesisRecords {
  get(id: string): Promise<Hypothesis | null>;
  /** The oldest hypothesis of the project that says this, case and spaces aside, those archived left out. */
  saying(projectId: string, statement: string): Promise<Hypothesis | null>;
  /** Lets one transaction at a time look for what is said in a project and write it where it is new, until it ends. */
  lockSayings(projectId: string): Promise<void>;
  insert(hypothesis: Hypothesis): Promise<void>;
  /** Saves only if the stored version is still `expected`; answers whether it did. */
  update(hypothesis: Hypothesis, expected: number): Promise<boolean>;
  /** Takes what hangs on it along to another project: threads, share links, its search document. */
  relocate(id: string, projectId: string): Promise<void>;
  /** Ids of the experiments that test it, those deleted left out. */
  experimentIds(id: string): Promise<readonly string[]>;
}
