import type { OrganizationRole, ProjectAccess, ProjectRole } from '../../domain/access/viewer.ts';
import type { Happening } from '../../domain/notifications/happening.ts';
import type { Hours } from '../../domain/notifications/hours.ts';
import type { LetterPace } from '../../domain/notifications/letter-pace.ts';
import type { GivenRule } from '../../domain/notifications/rules.ts';
import type { Told } from '../../domain/notifications/words.ts';
import type { WebhookFormat } from '../../domain/notifications/webhook-message.ts';

/** Told in the transaction that makes it happen; workers/notify finds out who must hear of it. */
export type NewHappening = Omit<Happening, 'id' | 'addresseeIds' | 'detail' | 'at'> & Partial<Pick<Happening, 'addresseeIds' | 'detail'>>;

export interface HappeningRecords {
  add(happening: NewHappening): Promise<void>;
}

export interface Webhook {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly format: WebhookFormat;
  readonly url: string;
  /** whsec_ and base64: what a generic receiver checks our signature with. */
  readonly secret: string;
  readonly kinds: readonly string[];
  readonly createdById: string | null;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
}

/** Somebody who might be told, with what decides whether they may see a project. */
export interface Listener { readonly personId: string; readonly organizationId: string; readonly organizationRole: OrganizationRole; readonly roles: ReadonlyMap<string, ProjectRole> }

/** All that is needed to decide who is told of a batch of happenings. */
export interface Audience {
  readonly projects: ReadonlyMap<string, ProjectAccess>;
  /** Who answers for an experiment: its owner and who proposed its hypothesis. By experiment id. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
  /** Who approved the experiments whose approval went stale. */
  readonly approvers: ReadonlyMap<string, readonly string[]>;
  readonly listeners: readonly Listener[];
  readonly rules: readonly GivenRule[];
  readonly hours: ReadonlyMap<string, Hours>;
  readonly webhooks: readonly Webhook[];
}

export type Recipient = { readonly personId: string; readonly webhookId: null } | { readonly personId: null; readonly webhookId: string };

/** What is to be told to one recipient: the newest happening of a group, and how many there are. */
export interface Telling {
  readonly id: string;
  readonly recipient: Recipient;
  readonly groupKey: string;
  readonly newest: Happening;
  readonly firstAt: Date;
  readonly occurrences: number;
  /** When it leaves the house, where nothing of its group has left; null: never. */
  readonly postAt: Date | null;
  /** The same where some have. */
  readonly postAgainAt: Date | null;
}

/** A notification that is due to leave, with the names as they are now. */
export interface DuePosting {
  readonly id: string;
  readonly recipient: Recipient;
  readonly projectId: string;
  readonly experimentId: string | null;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly posted: number;
  /** `occurrences` are those that have not left. */
  readonly told: Told;
  /** When its recipient was last told, in what is unread, of any run of its experiment. */
  readonly stirredAt: Date;
  /** Whether a run of its experiment is going. */
  readonly runsGoing: boolean;
  /** Whether it still has to be said: unread, and the reader may still see the project. */
  readonly wanted: boolean;
}

/** What leaves the house. Its id is the same at each attempt: receivers tell a repeated one by it. */
export type DeliveryMessage =
  | { readonly kind: 'mail'; readonly to: string; readonly subject: string; readonly text: string }
  | { readonly kind: 'webhook'; readonly url: string; readonly secret: string | null; readonly body: string };

export interface Delivery { readonly id: string; readonly recipient: Recipient; readonly message: DeliveryMessage; readonly attempts: number }

export interface NotificationRecords {
  /** Takes up to so many of the oldest happenings that no other worker holds. They are gone when the transaction commits. */
  takeHappenings(limit: number): Promise<readonly Happening[]>;
  audience(happenings: readonly Happening[]): Promise<Audience>;
  /** Counts up what is unread, adds what is new. Answers the people whose list changed. */
  tell(tellings: readonly Telling[]): Promise<void>;

  /** What is due to leave to one recipient, all of it, locked; of the recipient that waited longest. */
  duePostings(at: Date): Promise<readonly DuePosting[]>;
  /** To the millisecond, in milliseconds since 1970: what waits for the same moment leaves together. */
  postAgain(ids: readonly string[], atMs: number): Promise<void>;
  /** Nothing more to send of these, until more of the same happens. */
  settlePostings(ids: readonly string[]): Promise<void>;
  /** How letters to somebody follow each other, locked until the transaction ends: two workers never write to one person at once. */
  letterPace(personId: string): Promise<{ readonly last: LetterPace | null; readonly hours: Hours }>;
  saveLetterPace(personId: string, pace: LetterPace): Promise<void>;
  mailAddress(personId: string): Promise<string | null>;
  webhook(id: string): Promise<Webhook | null>;

  addDelivery(delivery: Pick<Delivery, 'id' | 'recipient' | 'message'>, dueAt: Date): Promise<void>;
  /** Takes up to so many that are due and counts the attempt; each is due again at `againAt` should this worker die. */
  takeDeliveries(limit: number, at: Date, againAt: Date): Promise<readonly Delivery[]>;
  settleDelivery(id: string, end: { readonly state: 'SENT' | 'GIVEN_UP'; readonly at: Date; readonly problem: string | null }): Promise<void>;
  retryDelivery(id: string, again: { readonly at: Date; readonly problem: string }): Promise<void>;

  /** Deletes what is older than the date, and lets groups of webhooks begin anew that were quiet for a day. */
  tidy(before: { readonly kept: Date; readonly quiet: Date }, at: Date): Promise<void>;

  markRead(personId: string, ids: readonly string[] | 'all', at: Date): Promise<number>;
  saveRule(rule: GivenRule): Promise<void>;
  /** Back to what holds without a rule of one's own. */
  deleteRules(personId: string, projectId: string): Promise<void>;
  saveHours(personId: string, hours: Hours): Promise<void>;

  webhooksOf(projectId: string): Promise<readonly Webhook[]>;
  insertWebhook(webhook: Webhook): Promise<void>;
  setWebhookDisabled(id: string, at: Date | null): Promise<void>;
  deleteWebhook(id: string): Promise<void>;
}

/** Posts JSON to an address that a person gave. */
export interface WebhookPost {
  /** Resolves when the receiver answered 2xx; throws with a sentence that never holds what the receiver said, a Refusal where trying again is no use. `id` and the signature travel as Standard Webhooks headers where a secret is given. */
  post(message: { readonly id: string; readonly url: string; readonly secret: string | null; readonly body: string; readonly at: Date }): Promise<void>;
}
