/**
 * What a share page shows: the body of GET /api/v1/share/<token>, redacted on the server. It is for a reader without an account.
 * 200 with `state: "open"`, or "sealed" to a program that previews a link whose views are counted out; 401 with `state: "locked"` while the password is missing; 404 for a link that is revoked, expired or unknown.
 * POST /api/v1/share/<token>/unlock {password} answers 204 and sets the cookie that opens it, 401 when the password is wrong, 429 after too many tries.
 * POST /api/v1/share/<token>/comments {name, comment} answers 201 with SharedComments, 403 where the link takes none, 429 after too many.
 * GET /api/v1/share/<token>/preview answers 200 with SharePreview, 404 like the page. It is no view, and the same for everybody.
 * GET /api/v1/share/<token>/events tells an open page what to read again, and when it is gone.
 */
export type SharePage = LockedSharePage | SealedSharePage | OpenSharePage;

/** What the picture beside a link shows, in a chat or a mail program. */
export interface SharePreview {
  /** Null where the page is not for everybody who has the link: behind a password, for named people, and where views are counted out. */
  readonly shown: SharedGist | null;
}

/** Of what the page shows, what a picture has room for. */
export interface SharedGist {
  readonly subject: OpenSharePage['subject'];
  readonly question: string;
  /** What a note is about; null for what is none. */
  readonly about: SharedNote['about'] | null;
  /** Of a lineage, what led to the best. */
  readonly said: string | null;
  readonly hypothesis: Pick<SharedHypothesis, 'direction' | 'minEffect'> | null;
  /** In the page's order; nobody is named. */
  readonly findings: readonly Pick<SharedExperiment, 'key' | 'name' | 'verdict' | 'approval'>[];
}

export interface LockedSharePage { readonly state: 'locked'; readonly expiresAt: string }

export interface SealedSharePage { readonly state: 'sealed'; readonly expiresAt: string }

/** One kind of page per kind of subject; `subject` tells them apart. */
export type OpenSharePage = SharedResultPage | SharedRunPage | SharedComparisonPage | SharedNotePage | SharedLineagePage;

/** What every page says, whatever it shows. */
export interface SharedFrame {
  readonly state: 'open';
  /** The name of what is shown, or the hypothesis' statement. */
  readonly title: string;
  /** Null when the organization is left out. */
  readonly organization: string | null;
  readonly project: string | null;
  /** Null when people are left out. */
  readonly sharedBy: string | null;
  readonly sharedAt: string;
  readonly expiresAt: string;
  /** What the sharer left out, so that the reader knows. */
  readonly leftOut: readonly ('PEOPLE' | 'ORGANIZATION' | 'PARAMS' | 'CODE' | 'COSTS')[];
  /** For whom it was made; empty when that was not said. */
  readonly recipients: readonly string[];
  /** Whether the page is marked with the recipients. */
  readonly watermark: boolean;
  /** Set on a page that shows the state of one moment. */
  readonly frozenAt: string | null;
  /** The evidence that a frozen page was made of: of one experiment its digest, of several a digest of theirs. The list of links says the same. */
  readonly frozenDigest: string | null;
  /** Whether a part of it may stand beside the link, in a chat, for whoever sees the message: not behind a password, for named people, or where views are counted out. */
  readonly forEverybody: boolean;
  /** What guests said through this link, oldest first; null where it takes no comments. Also on a frozen page they are those of now. */
  readonly comments: readonly SharedComment[] | null;
}

/** A guest's comment, and what members answered; plain text. Names are left out with people. */
export interface SharedComment {
  readonly name: string;
  readonly text: string;
  readonly at: string;
  readonly answers: readonly { readonly name: string; readonly text: string; readonly at: string }[];
}

/** The answer to POST /api/v1/share/<token>/comments: all comments, the new one among them. */
export interface SharedComments { readonly comments: readonly SharedComment[] }

export interface SharedResultPage extends SharedFrame {
  readonly subject: 'experiment' | 'hypothesis';
  readonly hypothesis: SharedHypothesis;
  /** One for a shared experiment; all that tested it, newest first and at most 20, for a shared hypothesis. Those whose data asks for an approval that is missing are left out. */
  readonly experiments: readonly SharedExperiment[];
}

export interface SharedRunPage extends SharedFrame {
  readonly subject: 'run';
  readonly hypothesis: SharedHypothesis;
  readonly run: SharedRun;
}

export interface SharedComparisonPage extends SharedFrame {
  readonly subject: 'comparison';
  readonly hypothesis: SharedHypothesis;
  readonly comparison: SharedComparison;
}

export interface SharedNotePage extends SharedFrame {
  readonly subject: 'note';
  readonly note: SharedNote;
}

export interface SharedLineagePage extends SharedFrame {
  readonly subject: 'lineage';
  readonly lineage: SharedLineage;
}

/** What came of what, in an experiment's lineage or a project's: of its own project alone. Nodes are known by their places. */
export interface SharedLineage {
  readonly of: 'experiment' | 'project';
  /** Of an experiment: what its own verdict says, in one sentence. */
  readonly found: string | null;
  /** The experiments that led to the best result, from the first on; null while no verdict supports anything. */
  readonly best: {
    readonly metric: string;
    readonly direction: 'INCREASE' | 'DECREASE';
    readonly steps: readonly SharedLineageStep[];
    /** How many of them had more than one parent. */
    readonly forks: number;
    /** How good the best is: the mean of its treatment's runs, with the 95 % interval where there are two or more. */
    readonly value: { readonly mean: number; readonly ciLow: number | null; readonly ciHigh: number | null; readonly n: number } | null;
    /** Of the best one. */
    readonly approval: SharedApproval;
  } | null;
  /** At most 300; the runs of a variant are one, and siblings beyond a number are folded. */
  readonly nodes: readonly { readonly kind: 'HYPOTHESIS' | 'EXPERIMENT' | 'RUN' | 'DATASET' | 'CODE' | 'ARTIFACT' | 'MODEL'; readonly key: string | null; readonly label: string; readonly count: number; readonly outcome: SharedVerdict['outcome'] | null }[];
  /** Parallel lists of places. */
  readonly edges: { readonly from: readonly number[]; readonly to: readonly number[] };
  /** Whether there is more than a page holds. */
  readonly cut: boolean;
  /** Whether experiments are not shown: exploratory ones, and those whose data asks for an approval that is missing. */
  readonly heldBack: boolean;
  /** Experiments that are shown, by what their verdicts say; `open` have none that decides. */
  readonly counted: { readonly supported: number; readonly refuted: number; readonly equivalent: number; readonly open: number };
  /** When the last of it came to be or changed; null where there is nothing. */
  readonly newestAt: string | null;
}

/** One experiment on the way to the best, by what its own verdict found. */
export interface SharedLineageStep {
  readonly node: number;
  readonly key: string | null;
  readonly name: string;
  readonly evidenceDigest: string;
  /** In one sentence, with the interval, or why there is none. */
  readonly words: string;
  readonly verdict: Pick<SharedVerdict, 'outcome' | 'metric' | 'effect' | 'ciLow' | 'ciHigh' | 'baselineRuns' | 'treatmentRuns'> | null;
}

export interface SharedRun {
  /** "A run" when params are left out: names are made from them. */
  readonly name: string;
  readonly experiment: { readonly key: string | null; readonly name: string };
  readonly evidenceDigest: string;
  readonly status: 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';
  readonly variant: string | null;
  readonly seed: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Why it is left out of the statistics; null while it counts. */
  readonly excluded: string | null;
  /** At most 200; empty when params are left out. */
  readonly params: readonly { readonly key: string; readonly value: string }[];
  readonly code: { readonly commit: string | null; readonly branch: string | null; readonly dirty: boolean } | null;
  /** Of one run each, so without an interval; at most 200, the machine's own left out. */
  readonly metrics: readonly { readonly key: string; readonly last: number | null; readonly min: number | null; readonly max: number | null; readonly points: number }[];
  /** At most 12, the hypothesis' metric first; null where there is no number. */
  readonly curves: readonly { readonly key: string; readonly steps: readonly number[]; readonly values: readonly (number | null)[] }[];
}

export interface SharedComparison {
  readonly runs: readonly { readonly name: string; readonly variant: string | null; readonly role: 'BASELINE' | 'TREATMENT' | null; readonly seed: string | null; readonly status: string; readonly excluded: boolean }[];
  /** One value a run, null where it has none. Kinds that were left out are not there. At most 400. */
  readonly rows: readonly { readonly kind: 'code' | 'data' | 'config' | 'environment'; readonly name: string; readonly values: readonly (string | null)[]; readonly differs: boolean }[];
  /** The last value of each metric in each run: one run has no interval. At most 200. */
  readonly metrics: readonly { readonly name: string; readonly values: readonly (number | null)[]; readonly differs: boolean }[];
  /** The experiment, with only the variants these runs are of; its verdict only when it is between two of them. */
  readonly experiment: SharedExperiment;
}

export interface SharedNote {
  /** What kind of thing it is about: a project's note is a report, a meeting's are its minutes. */
  readonly about: 'project' | 'hypothesis' | 'experiment' | 'run' | 'meeting';
  readonly author: string | null;
  readonly updatedAt: string;
  readonly blocks: readonly SharedNode[];
  /** Whether the end is missing, as the note is longer than a page holds. */
  readonly cut: boolean;
  /** What its live evidence blocks show, each once. */
  readonly evidence: readonly { readonly hypothesis: SharedHypothesis; readonly experiment: SharedExperiment }[];
}

/** A piece of a note's text. It says nothing of where it leads: addresses inside Lemma, ids of what is mentioned and files are not there. */
export interface SharedNode {
  readonly type: string;
  /** Of `inlineMath` and `blockMath`, their LaTeX. */
  readonly text?: string;
  readonly marks?: readonly string[];
  /** Only a web address outside this installation. */
  readonly href?: string;
  readonly level?: number;
  readonly checked?: boolean;
  readonly tone?: string;
  /** For live evidence: its place in `evidence` and how it is shown; without a place it is not shown to this reader. */
  readonly evidence?: { readonly kind: 'chart' | 'comparison' | 'verdict' | 'runs'; readonly place: number | null };
  readonly content?: readonly SharedNode[];
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
  /** What a meeting decided about it last; null where none did, absent where it is not said: beside other things, and on pages frozen before it was kept. */
  readonly decision?: SharedDecision | null;
  /** Learning curves of the verdict's metric: the mean over a variant's counted runs, in steps that all variants share. */
  readonly curves: readonly SharedCurve[];
}

export interface SharedApproval {
  readonly state: 'NONE' | 'REQUESTED' | 'CHANGES_REQUESTED' | 'APPROVED' | 'STALE';
  readonly by: string | null;
  readonly at: string | null;
  readonly staleReason: string | null;
}

/** Plain text. */
export interface SharedDecision {
  readonly text: string;
  /** Who recorded it; null when people are left out. */
  readonly by: string | null;
  readonly at: string;
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
  /** Of how many treatments it is the one that this speaks of; absent on pages frozen before it was kept. */
  readonly treatmentsTried?: number;
  readonly guardrails: readonly { readonly metric: string; readonly status: string; readonly effect: number | null; readonly ciLow: number | null; readonly ciHigh: number | null; /** In the metric's own direction; null where no run of the baseline logged it, missing on pages frozen before it was kept. */ readonly baselineMean?: number | null }[];
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
