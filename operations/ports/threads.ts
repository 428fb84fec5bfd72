import type { Follower, Following } from '../../domain/threads/following.ts';
import type { Reaction } from '../../domain/threads/reaction.ts';
import type { Seen } from '../../domain/threads/seen.ts';

/** What a thread can be about, by the kind of its id. */
export type SubjectKind = 'project' | 'hypothesis' | 'experiment' | 'variant' | 'run' | 'thread' | 'note' | 'meeting';

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
  /** Counts up within the subject. */
  readonly number: number;
  /** Where on the subject, as JSON; null for the whole. */
  readonly anchor: unknown;
  /** What stood there when it was started. */
  readonly seen: Seen | null;
  /** A person, or the share link through which a guest began it. */
  readonly createdById: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly resolvedAt: Date | null;
  readonly resolvedById: string | null;
}

export interface Comment {
  readonly id: string;
  readonly threadId: string;
  /** Counts up within the thread, in the order they came. */
  readonly number: number;
  /** A person, or the share link through which a guest wrote. */
  readonly authorId: string;
  /** The name that a guest gave; null for what people wrote. */
  readonly guestName: string | null;
  /** Markdown; of a guest, plain text. */
  readonly body: string;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  /** Of a comment that was deleted the body is gone. */
  readonly deletedAt: Date | null;
  readonly deletedById: string | null;
}

/** Facts of runs that a comparison has a row for, but metrics. */
export type RunFacts = 'code' | 'data' | 'config' | 'environment';
/** By run, then by name. */
export type FactsOfRuns = ReadonlyMap<string, ReadonlyMap<string, string>>;
export interface KnownFile { readonly runId: string; readonly path: string; readonly sha256: string; readonly size: number }

export interface ThreadRecords {
  /** Any node's place, whoever asks; null when there is no such node. A verdict's or review's id leads to its experiment. Deleted runs are found too, deleted experiments are not. */
  subject(id: string): Promise<Subject | null>;
  get(id: string): Promise<Thread | null>;
  /** Locks the thread's row until the transaction ends, so that comments are numbered, and their words kept, one after the other. */
  lock(id: string): Promise<Thread | null>;
  insert(thread: Thread): Promise<void>;
  update(id: string, changes: Partial<Pick<Thread, 'updatedAt' | 'resolvedAt' | 'resolvedById' | 'anchor'>>): Promise<void>;
  /** The next number of a subject's threads; who asks for the same subject waits until this transaction ends. */
  nextNumber(subjectId: string): Promise<number>;
  /** Who owns what a thread is about, if anybody does. */
  ownerOf(subject: Pick<Subject, 'id'>): Promise<string | null>;

  /** A deleted one too. */
  comment(id: string): Promise<Comment | null>;
  /** Those with these numbers, both ends included, that were not deleted, oldest first. */
  comments(threadId: string, numbers: { readonly from: number; readonly to: number }): Promise<readonly Comment[]>;
  /** The next comment's; ask for it with the thread locked. */
  nextCommentNumber(threadId: string): Promise<number>;
  /** How many threads this person, or the guests of this share link, began. */
  countStartedBy(id: string): Promise<number>;
  addComment(comment: Comment): Promise<void>;
  /** Keeps what it said until now; of an often edited one the newest `most` wordings. */
  editComment(id: string, edit: { readonly body: string; readonly before: string; readonly at: Date; readonly most: number }): Promise<void>;
  /** Takes its words, earlier wordings and reactions away. */
  deleteComment(id: string, by: { readonly personId: string; readonly at: Date }): Promise<void>;
  /** Puts the reaction on the comment, or takes it back; answers whether it is there now. */
  toggleReaction(commentId: string, by: { readonly personId: string; readonly reaction: Reaction; readonly at: Date }): Promise<boolean>;

  followers(threadId: string): Promise<readonly Follower[]>;
  follow(threadId: string, followers: readonly Follower[], at: Date): Promise<void>;
  /** The person's own choice; null takes it back. */
  choose(threadId: string, personId: string, choice: { readonly state: Following | null; readonly at: Date }): Promise<void>;
  /** Never moves back. */
  markRead(threadId: string, personId: string, comment: Pick<Comment, 'id' | 'createdAt'>): Promise<void>;
  /** The same for the newest comment of each thread about a subject. */
  markAllRead(subjectId: string, personId: string): Promise<void>;

  /** Those of the runs that are of the subject. */
  runsOfSubject(subject: Pick<Subject, 'id' | 'kind'>, runIds: readonly string[]): Promise<readonly string[]>;
  /** The newest runs of an experiment, to ask for the metrics they logged. */
  newestRuns(experimentId: string, most: number): Promise<readonly string[]>;
  /** Metric and guardrails of the hypothesis of an experiment or run, or of the hypothesis itself. */
  hypothesisMetrics(subject: Pick<Subject, 'id' | 'kind'>): Promise<readonly string[]>;
  /** Every name a metric of the project's runs ever had. */
  isMetricOfProject(projectId: string, key: string): Promise<boolean>;
  /** Values that a param has among runs of an experiment, at most `most`, ascending. */
  paramValues(experimentId: string, key: string, most: number): Promise<readonly string[]>;
  runFacts(of: RunFacts, runIds: readonly string[], names: readonly string[]): Promise<FactsOfRuns>;
  files(wanted: readonly { readonly runId: string; readonly path: string }[]): Promise<readonly KnownFile[]>;
  /** Verdict and digest of the evidence of experiments, as they are now. */
  standings(experimentIds: readonly string[]): Promise<ReadonlyMap<string, { readonly verdict: Extract<Seen, { kind: 'verdict' }>; readonly digest: string }>>;
}
