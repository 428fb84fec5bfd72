import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import type { z } from 'zod';

/** Messages a slow reader may leave waiting; it reads on from its cursor when some were dropped: what piled up then comes in one piece instead of one by one, late. */
const LONGEST_QUEUE = 8;
const LONGEST_FLUSH_MS = 1_000;

export interface LiveOptions {
  /** After so long without a message, listeners are told to look into the store: a process may have died between its commit and its message. */
  readonly lookAgainInMs?: number;
}

export interface LiveKind<Message> {
  readonly subjectOf: (runId: string) => string;
  readonly schema: z.ZodType<Message>;
  /** What tells a listener to read the store from its cursor. */
  readonly lookAgain: (runId: string) => Message;
}

/**
 * What is said live of a run, to all who listen in this process: one NATS subscription a run, each message parsed once. Messages may be lost; a listener is
 * told to look into the store at its beginning, after a reconnect and after a silence.
 */
export class LiveRooms<Message> {
  private readonly connection: NatsConnection;
  private readonly kind: LiveKind<Message>;
  private readonly lookAgainInMs: number;
  private readonly rooms = new Map<string, Room<Message>>();
  constructor(connection: NatsConnection, kind: LiveKind<Message>, { lookAgainInMs = 10_000 }: LiveOptions) {
    this.connection = connection;
    this.kind = kind;
    this.lookAgainInMs = lookAgainInMs;
    void this.tellAfterReconnect();
  }

  publish(runId: string, message: Message): void {
    if (!this.connection.isClosed() && !this.connection.isDraining()) this.connection.publish(this.kind.subjectOf(runId), JSON.stringify(message));
  }

  async *subscribe(runId: string, signal: AbortSignal): AsyncGenerator<Message> {
    const room = this.rooms.get(runId) ?? new Room(this.connection, this.kind, runId);
    this.rooms.set(runId, room);
    const ear = new Ear(signal, () => this.kind.lookAgain(runId), this.lookAgainInMs);
    room.ears.add(ear);
    try {
      // Once the server has heard of the subscription nothing is missed, so that is when to look into the store.
      await Promise.race([this.connection.flush().catch(() => {}), aborted(signal, LONGEST_FLUSH_MS)]);
      yield this.kind.lookAgain(runId);
      yield* ear.messages();
    } finally {
      room.ears.delete(ear);
      if (room.ears.size === 0) {
        room.close();
        this.rooms.delete(runId);
      }
    }
  }

  private async tellAfterReconnect(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'reconnect') for (const [runId, room] of this.rooms) room.tell(this.kind.lookAgain(runId));
    }
  }
}

/** Resolves when the signal aborts, or after a while: without NATS a reader still gets what is in the store. */
const aborted = (signal: AbortSignal, patienceMs: number): Promise<void> => new Promise((resolve) => {
  const timer = setTimeout(resolve, patienceMs);
  signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
});

/** All listeners of one run in this process. */
class Room<Message> {
  readonly ears = new Set<Ear<Message>>();
  private readonly schema: z.ZodType<Message>;
  private readonly subscription: Subscription;
  constructor(connection: NatsConnection, { subjectOf, schema }: LiveKind<Message>, runId: string) {
    this.schema = schema;
    this.subscription = connection.subscribe(subjectOf(runId), { callback: (problem, message) => { if (!problem) this.hear(message); } });
  }

  tell(message: Message): void {
    for (const ear of this.ears) ear.hear(message);
  }

  close(): void {
    this.subscription.unsubscribe();
  }

  private hear(message: Msg): void {
    const parsed = this.parse(message);
    if (parsed !== null) this.tell(parsed);
  }

  /** What is not a message of ours says nothing to us. */
  private parse(message: Msg): Message | null {
    try {
      return this.schema.safeParse(message.json()).data ?? null;
    } catch {
      return null;
    }
  }
}

/** One listener, with a bounded queue. */
class Ear<Message> {
  private readonly queue: Message[] = [];
  private readonly signal: AbortSignal;
  private readonly reminder: () => Message;
  private readonly lookAgainInMs: number;
  private wake: (() => void) | undefined;
  constructor(signal: AbortSignal, reminder: () => Message, lookAgainInMs: number) {
    this.signal = signal;
    this.reminder = reminder;
    this.lookAgainInMs = lookAgainInMs;
  }

  hear(message: Message): void {
    // The oldest go first: the reader sees the gap and reads it from the store.
    if (this.queue.push(message) > LONGEST_QUEUE) this.queue.shift();
    this.wake?.();
  }

  async *messages(): AsyncGenerator<Message> {
    while (!this.signal.aborted) {
      const next = this.queue.shift();
      if (next !== undefined) yield next;
      else if (!(await this.something())) yield this.reminder();
    }
  }

  /** False when nothing came for a while. */
  private async something(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const heard = await new Promise<boolean>((resolve) => {
      this.wake = () => resolve(true);
      this.signal.addEventListener('abort', this.wake, { once: true });
      timer = setTimeout(() => resolve(false), this.lookAgainInMs);
    });
    clearTimeout(timer);
    if (this.wake) this.signal.removeEventListener('abort', this.wake);
    this.wake = undefined;
    return heard;
  }
}
