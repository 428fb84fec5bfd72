import { PROJECT_ROLES, type ProjectRole } from '../access/viewer.ts';
import { badInput } from '../refusal.ts';
import { RISK_CLASSES, type RiskClass } from '../ethics/data-card.ts';
import { CHECK_KEYS, type CheckKey } from './check-keys.ts';
import { EVIDENCE_KINDS, type EvidenceKind } from './evidence-snapshot.ts';

/** What a project asks of its reviews. */
export interface ReviewPolicy {
  /** Approvals of this evidence, by as many people, until it is approved. */
  readonly approvals: number;
  /** Whose approval counts, at least. */
  readonly role: ProjectRole;
  /** Whether who created an experiment may approve it. */
  readonly ownWork: boolean;
  /** Whether who logged runs that an experiment counts may approve it. */
  readonly ownRuns: boolean;
  /** Checks that must be good, by Lemma or by a person, before anybody approves. */
  readonly requiredChecks: readonly CheckKey[];
  /** Changes of the evidence that turn an approval stale. */
  readonly material: readonly EvidenceKind[];
  /** The class of data or model from which an ethics reviewer must approve before anything is shared; null asks for none. */
  readonly ethicsFrom: RiskClass | null;
  /** People who may give that approval. */
  readonly ethicsReviewers: readonly string[];
}

export type PolicyPreset = 'SOLO' | 'GROWING' | 'MATURE';

/** Solo asks for nothing a person alone cannot give; growing for one other pair of eyes; mature for two who had no hand in its runs, for evidence that can be attributed and run again, and for ethics earlier. */
export const PRESETS: Readonly<Record<PolicyPreset, ReviewPolicy>> = {
  SOLO: { approvals: 1, role: 'MEMBER', ownWork: true, ownRuns: true, requiredChecks: [], material: EVIDENCE_KINDS, ethicsFrom: null, ethicsReviewers: [] },
  GROWING: { approvals: 1, role: 'REVIEWER', ownWork: false, ownRuns: true, requiredChecks: [], material: EVIDENCE_KINDS, ethicsFrom: 'HIGH', ethicsReviewers: [] },
  MATURE: { approvals: 2, role: 'REVIEWER', ownWork: false, ownRuns: false, requiredChecks: ['attribution', 'repeats', 'reproducible', 'split', 'test-untouched'], material: EVIDENCE_KINDS, ethicsFrom: 'LIMITED', ethicsReviewers: [] },
};

export const MOST_APPROVALS = 10;
const MOST_ETHICS_REVIEWERS = 50;
const distinct = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

/** What was kept over a preset; anything odd is the preset's. */
export function policyFrom(kept: unknown, preset: PolicyPreset): ReviewPolicy {
  const base = PRESETS[preset];
  if (typeof kept !== 'object' || kept === null) return base;
  const { approvals, role, ownWork, ownRuns, requiredChecks, material, ethicsFrom, ethicsReviewers } = kept as Partial<Record<keyof ReviewPolicy, unknown>>;
  const flag = (given: unknown, fallback: boolean): boolean => (typeof given === 'boolean' ? given : fallback);
  const among = <Value extends string>(given: unknown, known: readonly Value[], fallback: readonly Value[]): readonly Value[] => (Array.isArray(given) ? known.filter((each) => given.includes(each)) : fallback);
  return {
    approvals: typeof approvals === 'number' && Number.isInteger(approvals) && approvals >= 1 && approvals <= MOST_APPROVALS ? approvals : base.approvals,
    role: PROJECT_ROLES.find((each) => each === role) ?? base.role,
    ownWork: flag(ownWork, base.ownWork),
    ownRuns: flag(ownRuns, base.ownRuns),
    requiredChecks: among(requiredChecks, CHECK_KEYS, base.requiredChecks),
    material: among(material, EVIDENCE_KINDS, base.material),
    ethicsFrom: ethicsFrom === null ? null : (RISK_CLASSES.find((each) => each === ethicsFrom) ?? base.ethicsFrom),
    ethicsReviewers: Array.isArray(ethicsReviewers) ? ethicsReviewers.filter((each) => typeof each === 'string') : base.ethicsReviewers,
  };
}

export type PolicyChanges = { readonly [Part in keyof ReviewPolicy]?: ReviewPolicy[Part] | undefined };

/** The policy with some parts changed; refuses what could never be met. */
export function changedPolicy(before: ReviewPolicy, changes: PolicyChanges): ReviewPolicy {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<ReviewPolicy>;
  const next = { ...before, ...given };
  if (!Number.isInteger(next.approvals) || next.approvals < 1 || next.approvals > MOST_APPROVALS) throw badInput('review-policy/approvals', `A policy asks for 1 to ${MOST_APPROVALS} approvals.`);
  if (next.role === 'VIEWER') throw badInput('review-policy/role', 'Readers do not approve. Choose member or a stronger role.');
  if (next.ethicsReviewers.length > MOST_ETHICS_REVIEWERS) throw badInput('review-policy/ethics-reviewers', `At most ${MOST_ETHICS_REVIEWERS} people can be named for ethics.`);
  return { ...next, requiredChecks: distinct(next.requiredChecks), material: distinct(next.material), ethicsReviewers: distinct(next.ethicsReviewers) };
}
