export type ReviewState = 'REQUESTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';

/** One reviewer's stand on an experiment. */
export interface Review {
  readonly id: string;
  readonly experimentId: string;
  readonly reviewerId: string;
  readonly requestedById: string | null;
  readonly state: ReviewState;
  readonly body: string | null;
  /** What was decided on; null while only requested. */
  readonly evidenceDigest: string | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

export interface ReviewRecords {
  /** All of an experiment, oldest first. */
  ofExperiment(experimentId: string): Promise<readonly Review[]>;
  /** Finished runs of the experiment, neither deleted nor excluded. */
  countedRuns(experimentId: string): Promise<number>;
  insert(review: Review): Promise<void>;
  /** Turns a request into its answer. */
  decide(id: string, decision: Pick<Review, 'state' | 'body' | 'evidenceDigest' | 'decidedAt'>): Promise<void>;
}
