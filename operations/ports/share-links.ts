/** What a link may leave out. */
export type Redaction = 'PEOPLE' | 'PARAMS' | 'CODE' | 'COSTS';

/** A read-only page for a stakeholder. The token itself is never kept. */
export interface ShareLink {
  readonly id: string;
  readonly projectId: string;
  readonly subjectId: string;
  readonly subjectKind: 'experiment' | 'hypothesis';
  readonly tokenHash: string;
  readonly passwordHash: string | null;
  readonly redact: readonly Redaction[];
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly createdById: string;
  readonly createdAt: Date;
}

export interface ShareLinkRecords {
  get(id: string): Promise<ShareLink | null>;
  byTokenHash(tokenHash: string): Promise<ShareLink | null>;
  insert(link: ShareLink): Promise<void>;
  revoke(id: string, at: Date): Promise<void>;
  /** Counts one look at the page. */
  viewed(id: string, at: Date): Promise<void>;
}
