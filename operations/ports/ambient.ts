/** Time, chance and identity are arguments. */
export interface Clock {
  now(): Date;
  /** The moment `ms` milliseconds from now. */
  after(ms: number): Date;
  /** The minute of the day, 0 to 1439, that clocks in a zone of the tz database show at a moment (ms since 1970); null for a zone that does not exist. */
  minuteOfDay(atMs: number, timeZone: string): number | null;
}

export type IdKind = 'organization' | 'person' | 'team' | 'invitation' | 'token' | 'project' | 'hypothesis' | 'experiment' | 'variant' | 'verdict'
  | 'dataset' | 'environment' | 'registered-model' | 'thread' | 'comment' | 'review' | 'review-tick' | 'review-addition' | 'share-link' | 'note' | 'note-version' | 'note-file' | 'saved-view' | 'saved-search' | 'dashboard' | 'meeting' | 'agenda-item' | 'decision' | 'action-item' | 'attendance' | 'audit' | 'outbox'
  | 'happening' | 'notification' | 'webhook' | 'delivery' | 'duplicate-reason';

export interface Ids {
  /** A new id: a three-letter prefix telling its kind and 26 characters that sort by time. */
  next(kind: IdKind): string;
  /** 32 hexadecimal digits, as MLflow's run ids are. */
  run(): string;
  /** "m-" and 32 hexadecimal digits, as MLflow's logged models are. */
  loggedModel(): string;
}

export interface Secrets {
  /** 32 random bytes in base64url, 43 characters. */
  token(): string;
  /** SHA-256 in hex; for secrets that are themselves 256 random bits. */
  digest(secret: string): string;
  /** A slow, salted hash (scrypt) for what people choose. */
  hashPassword(password: string): Promise<string>;
  passwordMatches(password: string, hash: string): Promise<boolean>;
}
