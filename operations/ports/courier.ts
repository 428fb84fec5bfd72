/** A message on its way: the outbox row's id is also the courier's de-duplication id. */
export interface OutgoingMessage {
  readonly id: string;
  /** With its version: "event.change.v1". */
  readonly subject: string;
  readonly body: unknown;
}

/** Carries messages to whoever listens. At least once: a message published twice with one id within two minutes arrives once. */
export interface Courier {
  /** Resolves after the courier has stored the message; throws when it cannot. */
  publish(message: OutgoingMessage): Promise<void>;
}

/** The unpublished rows of the outbox. Several relays may work on it at once. */
export interface OutboxQueue {
  /**
   * Takes up to `limit` of the oldest rows no other relay holds, hands them to `publish` and deletes them if it resolves.
   * Resolves to the number published. If `publish` throws or the process dies, the rows stay for the next attempt.
   */
  relay(limit: number, publish: (messages: readonly OutgoingMessage[]) => Promise<void>): Promise<number>;
  /** Calls `wake` when rows may have arrived. May miss some: poll slowly beside it. The answer stops it. */
  onWritten(wake: () => void): Promise<() => Promise<void>>;
  /** Rows waiting, and how long the oldest has waited in milliseconds (0 when none). */
  backlog(): Promise<{ readonly rows: number; readonly oldestMs: number }>;
}

/** One hand-over of a message to a worker. Exactly one of `done`, `retry` and `park` ends it. */
export interface Delivery {
  readonly subject: string;
  /** UTF-8 JSON, not yet parsed. */
  readonly data: Uint8Array;
  /** 1 at the first hand-over. */
  readonly attempt: number;
  done(): Promise<void>;
  retry(inMs: number): Promise<void>;
  /** Puts the message aside for a person, with the reason. */
  park(reason: string): Promise<void>;
  /** Tells the courier that work goes on, so that it is not handed to someone else. */
  stillWorking(): void;
}

/** Where workers get their messages from: at least once, shared among all processes that ask under one name. */
export interface WorkQueue {
  /** Ends when `signal` aborts. Survives restarts of the courier. Asks for more only as fast as it is read. */
  deliveries(subject: string, signal: AbortSignal): AsyncIterable<Delivery>;
  /** How often `stillWorking` must be called during long work, in milliseconds. */
  readonly heartbeatMs: number;
}
