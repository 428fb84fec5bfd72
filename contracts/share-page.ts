/**
 * What a share page shows: the body of GET /api/v1/share/<token>, redacted on the server. It is for a reader without an account.
 * 200 with `state: "open"`; 401 with `state: "locked"` while the password is missing; 404 for a link that is revoked, expired or unknown.
 * POST /api/v1/share/<token>/unlock {password} answers 204 and sets the cookie that opens it, 401 when the password is wrong, 429 after too many tries.
 */
export type SharePage = LockedSharePage | OpenSharePage;

export interface LockedSharePage { readonly state: 'locked'; readonly expiresAt: string }

export interface OpenSharePage {
  readonly state: 'open';
  readonly subject: 'experiment' | 'hypothesis';
  /** The experiment's name or the hypothesis' statement. */
  readonly title: string;
  /** Null when the organization is left out. */
  readonly organization: string | null;
  readonly project: string | null;
  /** Null when people are left out. */
  readonly sharedBy: string | null;
  readonly sharedAt: string;
  readonly expiresAt: string;
  readonly hypothesis: SharedHypothesis;
  /** One for a shared experiment; all that tested it, newest first and at most 20, for a shared hypothesis. */
  readonly experiments: readonly SharedExperiment[];
  /** What the sharer left out, so that the reader knows. */
  readonly leftOut: readonly ('PEOPLE' | 'ORGANIZATION' | 'PARAMS' | 'CODE' | 'COSTS')[];
  /** For whom it was made; empty when that was not said. */
  readonly recipients: readonly string[];
  /** Whether the page is marked with the recipients. */
  readonly watermark: boolean;
  /** Set on a page that shows the state of one moment. */
  readonly frozenAt: string | null;
}

export interface SharedHypothesis {
  readonly statement: string;
  readonly change: string | null;
  readonly because: string | null;
  readonly metric: string | null;
  readonly direction: 'INCREASE' | 'DECREASE' | null;
  readonly minEffect: number | null;
  readonly guardrails: readonly string[];
  readonly status: string;
}

export interface SharedExperiment {
  /** Null when the organization is left out: a key begins with the project's. */
  readonly key: string | null;
  readonly name: string;
  /** Markdown. */
  readonly description: string | null;
  readonly owner: string | null;
  readonly createdAt: string;
  readonly verdict: SharedVerdict | null;
  /** True while the verdict has not yet seen the newest runs. */
  readonly verdictPending: boolean;
  readonly approval: SharedApproval;
  readonly variants: readonly SharedVariant[];
  readonly changedVariables: readonly SharedChange[];
  readonly attributionWarning: string | null;
  readonly evidence: { readonly digest: string; readonly countedRuns: number; readonly excludedRuns: number; readonly failedRuns: number };
  /** Counted runs that had ended when the hypothesis was stated, or its metric, direction or bar last changed. */
  readonly runsBeforeHypothesis: number;
  /** Learning curves of the verdict's metric: the mean over a variant's counted runs, in steps that all variants share. */
  readonly curves: readonly SharedCurve[];
}

export interface SharedApproval {
  readonly state: 'NONE' | 'REQUESTED' | 'CHANGES_REQUESTED' | 'APPROVED' | 'STALE';
  readonly by: string | null;
  readonly at: string | null;
  readonly staleReason: string | null;
}

export interface SharedVerdict {
  readonly outcome: 'SUPPORTED' | 'REFUTED' | 'EQUIVALENT' | 'INCONCLUSIVE';
  readonly metric: string;
  readonly effect: number | null;
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
  readonly pValue: number | null;
  readonly correctedP: number | null;
  readonly baselineRuns: number;
  readonly treatmentRuns: number;
  readonly runsNeeded: number | null;
  readonly method: string;
  /** One sentence a stakeholder understands. */
  readonly explanation: string;
  readonly treatment: string | null;
  readonly guardrails: readonly { readonly metric: string; readonly status: string; readonly effect: number | null; readonly ciLow: number | null; readonly ciHigh: number | null }[];
  readonly computedAt: string;
}

export interface SharedVariant {
  /** "baseline", "treatment A", … when params are left out. */
  readonly label: string;
  readonly role: 'BASELINE' | 'TREATMENT';
  /** Runs counted in the statistics. */
  readonly runs: number;
  /** Over the counted runs; n = 1 has no interval. Null when none logged the metric. */
  readonly estimate: { readonly metric: string; readonly n: number; readonly mean: number; readonly sd: number | null; readonly ciLow: number | null; readonly ciHigh: number | null; readonly values: readonly number[] } | null;
  readonly changed: readonly SharedChange[];
}

export interface SharedChange { readonly kind: 'CODE' | 'DATA' | 'CONFIG' | 'ENVIRONMENT'; readonly name: string; readonly from: string | null; readonly to: string | null }

/** Parallel lists, null where there is no number. */
export interface SharedCurve {
  /** Position in `variants`. */
  readonly variant: number;
  readonly steps: readonly number[];
  /** Runs that have a number there. */
  readonly n: readonly number[];
  readonly mean: readonly (number | null)[];
  /** Pointwise 95 % interval of the mean; null for n below 2. */
  readonly ciLow: readonly (number | null)[];
  readonly ciHigh: readonly (number | null)[];
}
