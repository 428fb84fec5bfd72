/** An API token. The secret itself is shown once and never kept. */
export interface Token {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  /** First characters of the secret. */
  readonly hint: string;
  /** SHA-256 (hex) of the secret. */
  readonly hash: string;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly createdAt: Date;
}

export interface TokenRecords {
  get(id: string): Promise<Token | null>;
  insert(token: Token): Promise<void>;
  revoke(id: string, at: Date): Promise<void>;
  /** Remembers when the token was last used. */
  touch(id: string, at: Date): Promise<void>;
}
