/** What a thread can be about, by the kind of its id. */
export type SubjectKind = 'project' | 'hypothesis' | 'experiment' | 'variant' | 'run' | 'thread';

/** A node, where it lives, and the experiment it belongs to, if to one. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly projectId: string;
  readonly experimentId: string | null;
  /** Its name for a reader. */
  readonly title: string;
  /** Where on it the id that was asked for points: {kind: "verdict"} for a verdict's; null for the whole. */
  readonly anchor: unknown;
}

export interface Thread {
  readonly id: string;
  readonly projectId: string;
  readonly subjectId: string;
  readonly subjectKind: SubjectKind;
  /** Where on the subject, as JSON; null for the whole. */
  readonly anchor: unknown;
  readonly createdById: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly resolvedAt: Date | null;
  readonly resolvedById: string | null;
}

export interface Comment {
  readonly id: string;
  readonly threadId: string;
  readonly authorId: string;
  /** Markdown. */
  readonly body: string;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
}

export interface ThreadRecords {
  /** Any node's place, whoever asks; null when there is no such node. A verdict's or review's id leads to its experiment. Deleted runs are found too, deleted experiments are not. */
  subject(id: string): Promise<Subject | null>;
  get(id: string): Promise<Thread | null>;
  /** Locks the thread's row until the transaction ends, so that its search text is built from all comments. */
  lock(id: string): Promise<Thread | null>;
  insert(thread: Thread): Promise<void>;
  update(id: string, changes: Partial<Pick<Thread, 'updatedAt' | 'resolvedAt' | 'resolvedById'>>): Promise<void>;
  comment(id: string): Promise<Comment | null>;
  comments(threadId: string): Promise<readonly Comment[]>;
  addComment(comment: Comment): Promise<void>;
  editComment(id: string, body: string, editedAt: Date): Promise<void>;
}
