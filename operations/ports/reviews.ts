import type { CardKind, DataCard } from '../../domain/ethics/data-card.ts';
import type { PolicyPreset, ReviewPolicy } from '../../domain/reviews/review-policy.ts';
import type { CheckedFacts, CheckTick } from '../../domain/reviews/checks.ts';
import type { EvidenceSnapshot, NamedRun } from '../../domain/reviews/evidence-snapshot.ts';
import type { Reviewable } from '../../domain/reviews/review.ts';

export type ReviewState = 'REQUESTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';

/** One reviewer's stand on an experiment. */
export interface Review {
  readonly id: string;
  readonly experimentId: string;
  readonly reviewerId: string;
  readonly requestedById: string | null;
  readonly state: ReviewState;
  /** With what was added to it later. */
  readonly body: string | null;
  /** What was decided on; null while only requested. */
  readonly evidenceDigest: string | null;
  /** The team it was asked of, if of one. */
  readonly teamId: string | null;
  /** Decided by somebody who could speak for ethics then. */
  readonly ethics: boolean;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly dismissed: boolean;
}

export type NewReview = Omit<Review, 'dismissed'>;

export interface ReviewRecords {
  /** All of an experiment, oldest first. */
  ofExperiment(experimentId: string): Promise<readonly Review[]>;
  /** What was approved by somebody who spoke for ethics, and was not dismissed. */
  ethicsApprovals(experimentIds: readonly string[]): Promise<readonly Review[]>;
  get(id: string): Promise<Review | null>;
  /** Finished runs of the experiment, neither deleted nor excluded, and how many of them each person logged. */
  countedRuns(experimentId: string): Promise<Pick<Reviewable, 'countedRuns' | 'loggedRuns'>>;
  insert(review: NewReview): Promise<void>;
  /** Turns a request into its answer. What was decided never changes. */
  decide(id: string, decision: Pick<Review, 'state' | 'body' | 'evidenceDigest' | 'decidedAt' | 'ethics'>): Promise<void>;
  /** Words below a decision. */
  add(addition: { readonly id: string; readonly reviewId: string; readonly body: string; readonly at: Date }): Promise<void>;
  dismiss(reviewId: string, dismissal: { readonly personId: string; readonly reason: string; readonly at: Date }): Promise<void>;
  /** Takes back the open requests to a team but one: somebody of it has answered. */
  withdrawTeam(experimentId: string, teamId: string, except: string): Promise<void>;

  /** Keeps what a digest stands for, and lets go of those of the experiment that nobody judged or looked at. */
  keepSnapshot(experimentId: string, digest: string, kept: { readonly content: EvidenceSnapshot; readonly at: Date }): Promise<void>;
  hasSnapshot(experimentId: string, digest: string): Promise<boolean>;
  snapshot(experimentId: string, digest: string): Promise<EvidenceSnapshot | null>;
  /** All of these digests that are kept of these experiments. */
  snapshots(experimentIds: readonly string[], digests: readonly string[]): Promise<readonly { readonly experimentId: string; readonly digest: string; readonly content: EvidenceSnapshot }[]>;
  namedRuns(experimentId: string): Promise<ReadonlyMap<string, NamedRun>>;
  look(experimentId: string, personId: string, look: { readonly digest: string; readonly at: Date }): Promise<void>;

  ticks(experimentId: string): Promise<readonly CheckTick[]>;
  tick(experimentId: string, tick: CheckTick & { readonly id: string }): Promise<void>;
  /** What checks need to know beside the evidence. */
  checkedFacts(experimentId: string): Promise<Omit<CheckedFacts, 'evidence' | 'attributionWarning' | 'changedVariables'> & { readonly changed: readonly { readonly name: string }[] }>;

  policy(project: { readonly id: string; readonly policyPreset: PolicyPreset }): Promise<ReviewPolicy>;
  /** Null goes back to the preset. */
  savePolicy(projectId: string, policy: ReviewPolicy | null, by: { readonly personId: string; readonly at: Date }): Promise<void>;

  cards(projectId: string): Promise<readonly DataCard[]>;
  saveCard(projectId: string, card: DataCard, by: { readonly personId: string; readonly at: Date }): Promise<void>;
  /** Which of the datasets with these cards counted runs of the experiments read, and which of the registered models they made. */
  cardsUsed(experimentIds: readonly string[], cards: readonly Pick<DataCard, 'kind' | 'name'>[]): Promise<readonly { readonly experimentId: string; readonly kind: CardKind; readonly name: string }[]>;
}
