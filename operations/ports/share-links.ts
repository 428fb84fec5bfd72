/** What a link may leave out. */
export type Redaction = 'PEOPLE' | 'ORGANIZATION' | 'PARAMS' | 'CODE' | 'COSTS';

/** What a page can show. A comparison is of runs of the experiment that is its subject, a lineage of an experiment or of its whole project. */
export type ShareSubjectKind = 'experiment' | 'hypothesis' | 'run' | 'comparison' | 'note' | 'lineage';

/** A read-only page for a stakeholder. The token itself is never kept. */
export interface ShareLink {
  readonly id: string;
  readonly projectId: string;
  readonly subjectId: string;
  readonly subjectKind: ShareSubjectKind;
  /** The runs a comparison shows, in this order; empty for other kinds. */
  readonly comparedRuns: readonly string[];
  readonly tokenHash: string;
  /** The token's last four letters, to tell links apart: 24 of its 256 bits. */
  readonly ending: string;
  readonly passwordHash: string | null;
  readonly redact: readonly Redaction[];
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly createdById: string;
  readonly createdAt: Date;
  /** How often the page opens; null without a limit. */
  readonly maxViews: number | null;
  readonly viewCount: number;
  readonly recipients: readonly string[];
  readonly watermark: boolean;
  /** The page as it was when the link was made, contracts/share-page.ts; null for one that is kept up to date. */
  readonly frozen: unknown;
  readonly frozenDigest: string | null;
  /** Whose results a frozen page holds; empty for one that is kept up to date. */
  readonly frozenExperiments: readonly string[];
  /** Whether readers outside may leave comments. */
  readonly guestsMayComment: boolean;
}

/** A page as it was, the digest of its evidence, and whose results it holds. */
export interface FrozenPage { readonly page: object; readonly digest: string; readonly experiments: readonly string[] }

export type NewShareLink = Omit<ShareLink, 'viewCount' | 'frozen' | 'frozenDigest' | 'frozenExperiments'>;

export interface ShareLinkRecords {
  get(id: string): Promise<ShareLink | null>;
  /** The same, its row locked until the transaction ends: it is not taken back meanwhile. */
  lock(id: string): Promise<ShareLink | null>;
  byTokenHash(tokenHash: string): Promise<ShareLink | null>;
  insert(link: NewShareLink): Promise<void>;
  /** Lets the link show this page from now on, whatever happens to what it shows. */
  freeze(id: string, frozen: FrozenPage): Promise<void>;
  revoke(id: string, at: Date): Promise<void>;
  /** Takes back all links that a person made in a project, and hands back those that were not taken back before. */
  revokeAllOf(made: { readonly projectId: string; readonly createdById: string }, at: Date): Promise<readonly ShareLink[]>;
  /** Counts one look at the page and keeps when; false when there is none left. */
  viewed(id: string, at: Date): Promise<boolean>;
}
