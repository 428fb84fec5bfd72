import type { Mention } from '../../domain/richtext/mentions.ts';

/** The text that mentions: a note or a comment, what it is about, and who wrote it last. */
export interface MentionSource {
  readonly kind: 'note' | 'comment';
  readonly id: string;
  /** What the note or the comment's thread is about. */
  readonly subjectId: string;
  readonly projectId: string;
  readonly authorId: string;
  readonly at: Date;
}

/** Every mention is a link back from the thing mentioned. */
export interface MentionRecords {
  /** The source now mentions exactly these; those that stay keep who made them and when. Answers those that are new. */
  replace(source: MentionSource, mentions: readonly Mention[]): Promise<readonly Mention[]>;
  /** The source mentions nothing any more. */
  remove(sourceId: string): Promise<void>;
}
