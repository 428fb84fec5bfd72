import type { Change } from '../../contracts/messages/change.ts';
import type { AnyMessage, BodyOf } from '../../contracts/messages/define-message.ts';

/** Announcements that leave with the transaction that made them. */
export interface Outbox {
  change(change: Change): Promise<void>;
  /** Raises the experiment's inputsVersion and asks the analysis worker to look at it again. */
  analyse(experimentId: string): Promise<void>;
  /** Any other message of contracts/messages. */
  post<M extends AnyMessage>(message: M, body: BodyOf<M>): Promise<void>;
}

export interface AuditEntry {
  readonly projectId: string | null;
  readonly actorId: string | null;
  /** Noun and past tense: "review.decided". */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** What a reader needs beside the ids; never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Who did what; appended to, never changed. */
export interface AuditLog { append(entry: AuditEntry): Promise<void> }
