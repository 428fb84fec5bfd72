import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { liveMetrics, liveMetricsSubject, type LiveMetrics, type LiveSeries } from '../../contracts/messages/live-metrics.ts';
import type { LiveMetricsSource } from '../../operations/ports/change-feed.ts';
import type { LiveMetricsFeed, LoggedSegment, MetricColumns } from '../../operations/ports/metric-store.ts';

/** Segments with more points travel as a hint to read the store: a NATS message holds 1 MB. */
const LARGEST_MESSAGE_IN_POINTS = 10_000;
/** Messages a slow reader may leave waiting; it reads on from its cursor when some were dropped. */
const LONGEST_QUEUE = 256;
const LONGEST_FLUSH_MS = 1_000;

export interface LiveMetricsOptions {
  /** After so long without a message, listeners are told to look into the store: a process may have died between its commit and its message. */
  readonly lookAgainInMs?: number;
}

/** Live points over core NATS: fast, and allowed to lose messages, as every reader resumes from the store. */
export function natsLiveMetrics(connection: NatsConnection, { lookAgainInMs = 10_000 }: LiveMetricsOptions = {}): LiveMetricsFeed & LiveMetricsSource {
  const rooms = new Map<string, Room>();
  void tellAfterReconnect(connection, rooms);
  return {
    publish(runId, segment) {
      if (connection.isClosed()) return;
      connection.publish(liveMetricsSubject(runId), JSON.stringify(messageOf(runId, segment)));
    },
    async *subscribe(runId, signal) {
      const room = rooms.get(runId) ?? new Room(connection, runId);
      rooms.set(runId, room);
      const ear = new Ear(signal, () => lookAgain(runId), lookAgainInMs);
      room.ears.add(ear);
      try {
        // Once the server has heard of the subscription nothing is missed, so that is when to look into the store.
        await Promise.race([connection.flush().catch(() => {}), aborted(signal, LONGEST_FLUSH_MS)]);
        yield lookAgain(runId);
        yield* ear.messages();
      } finally {
        room.ears.delete(ear);
        if (room.ears.size === 0) {
          room.close();
          rooms.delete(runId);
        }
      }
    },
  };
}

/** Resolves when the signal aborts, or after a while: without NATS a reader still gets what is in the store. */
const aborted = (signal: AbortSignal, patienceMs: number): Promise<void> => new Promise((resolve) => {
  const timer = setTimeout(resolve, patienceMs);
  signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
});

const lookAgain = (runId: string): LiveMetrics => ({ runId, sequence: 0, series: null });

async function tellAfterReconnect(connection: NatsConnection, rooms: ReadonlyMap<string, Room>): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === 'reconnect') for (const [runId, room] of rooms) room.tell(lookAgain(runId));
  }
}

function messageOf(runId: string, { sequence, series }: LoggedSegment): LiveMetrics {
  const points = series.reduce((sum, { values }) => sum + values.length, 0);
  return { runId, sequence, series: points > LARGEST_MESSAGE_IN_POINTS ? null : series.map(spoken) };
}

const spoken = ({ key, steps, timestamps, values }: MetricColumns): LiveSeries => ({
  key, steps: Array.from(steps, Number), timestamps: Array.from(timestamps, Number),
  values: Array.from(values, (value) => (Number.isFinite(value) ? value : (String(value) as 'NaN' | 'Infinity' | '-Infinity'))),
});

/** What is not a message of ours says nothing to us. */
function parse(message: Msg): LiveMetrics | null {
  try {
    return liveMetrics.safeParse(message.json()).data ?? null;
  } catch {
    return null;
  }
}

/** All listeners of one run in this process: one NATS subscription, each message parsed once. */
class Room {
  readonly ears = new Set<Ear>();
  private readonly subscription: Subscription;
  constructor(connection: NatsConnection, runId: string) {
    this.subscription = connection.subscribe(liveMetricsSubject(runId), { callback: (problem, message) => { if (!problem) this.hear(message); } });
  }

  tell(message: LiveMetrics): void {
    for (const ear of this.ears) ear.hear(message);
  }

  close(): void {
    this.subscription.unsubscribe();
  }

  private hear(message: Msg): void {
    const parsed = parse(message);
    if (parsed) this.tell(parsed);
  }
}

/** One listener, with a bounded queue. */
class Ear {
  private readonly queue: LiveMetrics[] = [];
  private readonly signal: AbortSignal;
  private readonly reminder: () => LiveMetrics;
  private readonly lookAgainInMs: number;
  private wake: (() => void) | undefined;
  constructor(signal: AbortSignal, reminder: () => LiveMetrics, lookAgainInMs: number) {
    this.signal = signal;
    this.reminder = reminder;
    this.lookAgainInMs = lookAgainInMs;
  }

  hear(message: LiveMetrics): void {
    // The oldest go first: the reader sees the gap in the sequence and reads it from the store.
    if (this.queue.push(message) > LONGEST_QUEUE) this.queue.shift();
    this.wake?.();
  }

  async *messages(): AsyncGenerator<LiveMetrics> {
    while (!this.signal.aborted) {
      const next = this.queue.shift();
      if (next) yield next;
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
