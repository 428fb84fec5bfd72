import type { MeetingState, PresentedView } from '../../domain/meetings/meeting.ts';
import type { ItemKind } from '../../domain/meetings/story.ts';
import type { VoteChoice } from '../../domain/meetings/votes.ts';
import type { Week } from '../../domain/meetings/week.ts';

export interface Meeting {
  readonly id: string;
  readonly projectId: string;
  readonly title: string;
  readonly state: MeetingState;
  readonly scheduledAt: Date;
  readonly plannedMinutes: number;
  /** What the agenda was drafted from. */
  readonly weekFrom: Date;
  readonly weekTo: Date;
  /** Votes are shown only after their item is closed. */
  readonly votesHidden: boolean;
  readonly presenterId: string | null;
  readonly currentItemId: string | null;
  /** What the presenter looked at last. */
  readonly view: PresentedView | null;
  /** Markdown; null until it ended. */
  readonly minutes: string | null;
  readonly minutesNoteId: string | null;
  readonly createdById: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** Raised by everything that is recorded; not by the presenter's moves. */
  readonly version: number;
}

export interface AgendaItem {
  readonly id: string;
  readonly meetingId: string;
  readonly position: number;
  readonly kind: ItemKind;
  readonly title: string;
  readonly reason: string;
  readonly question: string | null;
  readonly subjectId: string | null;
  readonly score: number | null;
  readonly plannedSeconds: number;
  readonly spentMs: number;
  readonly runningSince: Date | null;
  readonly closedAt: Date | null;
  /** Null for what was drafted. */
  readonly addedById: string | null;
  readonly movedById: string | null;
  readonly createdAt: Date;
}

export interface CastVote { readonly itemId: string; readonly personId: string; readonly choice: VoteChoice; readonly castAt: Date }

export interface Decision {
  readonly id: string;
  readonly meetingId: string;
  readonly itemId: string | null;
  readonly subjectId: string | null;
  readonly body: string;
  readonly recordedById: string;
  readonly recordedAt: Date;
  readonly replacesId: string | null;
}

export type ActionState = 'OPEN' | 'DONE' | 'DROPPED';

export interface ActionItem {
  readonly id: string;
  readonly projectId: string;
  readonly meetingId: string;
  readonly itemId: string | null;
  readonly subjectId: string | null;
  readonly body: string;
  readonly ownerId: string;
  /** A day, as 2026-05-19. */
  readonly dueOn: string | null;
  readonly state: ActionState;
  readonly note: string | null;
  readonly createdById: string;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
  readonly settledById: string | null;
  readonly version: number;
}

export interface Attendance { readonly id: string; readonly meetingId: string; readonly personId: string; readonly cameAt: Date; readonly seenAt: Date }

export interface MeetingRecords {
  /** Locks the meeting's row until the transaction ends: those who act on one meeting take turns. */
  lock(id: string): Promise<Meeting | null>;
  insert(meeting: Meeting): Promise<void>;
  update(id: string, changes: Partial<Omit<Meeting, 'id' | 'projectId' | 'createdAt' | 'createdById'>>): Promise<void>;
  /** When the meeting of the project that ended last had drafted its agenda up to; null before the first one. */
  lastReviewedUpTo(projectId: string): Promise<Date | null>;
  /** On the agenda, in its order. */
  items(meetingId: string): Promise<readonly AgendaItem[]>;
  item(id: string): Promise<AgendaItem | null>;
  insertItems(items: readonly AgendaItem[]): Promise<void>;
  updateItem(id: string, changes: Partial<Omit<AgendaItem, 'id' | 'meetingId' | 'createdAt'>>): Promise<void>;
  /** The agenda in this order. */
  setOrder(ids: readonly string[]): Promise<void>;
  removeItems(ids: readonly string[], by: { readonly at: Date; readonly personId: string }): Promise<void>;
  addVote(vote: CastVote): Promise<void>;
  /** In the order they were cast. */
  votes(itemIds: readonly string[]): Promise<readonly CastVote[]>;
  addDecision(decision: Decision): Promise<void>;
  /** Those that were not replaced, in the order they were recorded. */
  decisions(meetingId: string): Promise<readonly Decision[]>;
  insertAction(action: ActionItem): Promise<void>;
  /** Locks its row until the transaction ends. */
  lockAction(id: string): Promise<ActionItem | null>;
  updateAction(id: string, changes: Partial<Pick<ActionItem, 'state' | 'note' | 'settledAt' | 'settledById' | 'version'>>): Promise<void>;
  actions(meetingId: string): Promise<readonly ActionItem[]>;
  lastAttendance(meetingId: string, personId: string): Promise<Attendance | null>;
  insertAttendance(attendance: Attendance): Promise<void>;
  prolong(id: string, seenAt: Date): Promise<void>;
  attendances(meetingId: string): Promise<readonly Attendance[]>;
  /** What happened in a project from one moment to another; `to` is also where waiting is counted to. */
  week(projectId: string, from: Date, to: Date): Promise<Week>;
  /** Names of people by their ids. */
  names(personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** How a node is called and where its page is, by its id; what is gone has none. */
  links(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly label: string; readonly path: string }>>;
}

/** What the presenter looks at, as it moves: told live and allowed to be lost, as the last one is in the record. */
export interface MeetingViews {
  publish(meetingId: string, view: PresentedView): void;
  /** Null says: read the record. It comes first, after a reconnect and after a silence. */
  subscribe(meetingId: string, signal: AbortSignal): AsyncGenerator<PresentedView | null>;
}
