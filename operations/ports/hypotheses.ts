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
  insert(hypothesis: Hypothesis): Promise<void>;
  /** Saves only if the stored version is still `expected`; answers whether it did. */
  update(hypothesis: Hypothesis, expected: number): Promise<boolean>;
  /** Takes what hangs on it along to another project: threads, share links, its search document. */
  relocate(id: string, projectId: string): Promise<void>;
  /** Ids of the experiments that test it, those deleted left out. */
  experimentIds(id: string): Promise<readonly string[]>;
}
