import { randomUUID } from 'node:crypto';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { livePresence, livePresenceSubject, MOST_PRESENT, type LivePresence } from '../../contracts/messages/live-presence.ts';
import type { Presence } from '../../operations/ports/presence.ts';
import { mailbox, type Mailbox } from './mailbox.ts';

export interface PresenceOptions {
  /** How often a process says whom it has, in milliseconds. */
  readonly sayEveryMs?: number;
  /** After how long a silent process is taken for gone; more than two times the former, so that one lost message empties no room. */
  readonly forgetAfterMs?: number;
}

/** Other processes that are listened to at one place: a flood of made-up ones takes no memory. */
const MOST_PROCESSES = 64;

/** Who is at a place, over core NATS: each process says whom it has when that changes and every few seconds, and who is not heard of is gone. */
export function natsPresence(connection: NatsConnection, { sayEveryMs = 3_000, forgetAfterMs = 8_000 }: PresenceOptions = {}): Presence {
  const process = randomUUID();
  const rooms = new Map<string, Room>();
  return {
    async *join(place, personId, signal) {
      const room = rooms.get(place) ?? new Room({ connection, process, place, sayEveryMs, forgetAfterMs });
      rooms.set(place, room);
      const guest: Guest = { personId, box: mailbox(1) };
      room.enter(guest);
      const leave = (): void => { guest.box.close(); };
      signal.addEventListener('abort', leave, { once: true });
      try {
        if (!signal.aborted) yield* guest.box;
      } finally {
        signal.removeEventListener('abort', leave);
        if (room.leave(guest) === 0) {
          room.close();
          rooms.delete(place);
        }
      }
    },
  };
}

interface Guest { readonly personId: string; readonly box: Mailbox<readonly string[]> }
interface Place { readonly connection: NatsConnection; readonly process: string; readonly place: string; readonly sayEveryMs: number; readonly forgetAfterMs: number }

/** One place as this process knows it. */
class Room {
  private readonly at: Place;
  private readonly guests = new Set<Guest>();
  private readonly others = new Map<string, { readonly people: readonly string[]; readonly heardAt: number }>();
  private readonly subscription: Subscription;
  private readonly rhythm: NodeJS.Timeout;
  private told = '';
  constructor(at: Place) {
    this.at = at;
    this.subscription = at.connection.subscribe(livePresenceSubject(at.place), { callback: (problem, message) => { if (!problem) this.hear(message); } });
    this.rhythm = setInterval(() => { this.say(false); this.forget(); }, at.sayEveryMs).unref();
  }

  enter(guest: Guest): void {
    const first = this.guests.size === 0;
    this.guests.add(guest);
    this.say(first);
    const all = this.everybody();
    // Who comes is told in any case, the others only of what is new.
    if (JSON.stringify(all) === this.told) guest.box.put(all);
    else this.tell();
  }

  /** How many are left. */
  leave(guest: Guest): number {
    this.guests.delete(guest);
    this.say(false);
    this.tell();
    return this.guests.size;
  }

  close(): void {
    clearInterval(this.rhythm);
    this.subscription.unsubscribe();
  }

  private hear(message: Msg): void {
    const said = parse(message);
    if (!said || said.process === this.at.process) return;
    if (said.asks) this.say(false);
    if (said.people.length === 0) this.others.delete(said.process);
    else if (this.others.has(said.process) || this.others.size < MOST_PROCESSES) this.others.set(said.process, { people: said.people, heardAt: Date.now() });
    this.tell();
  }

  private forget(): void {
    for (const [process, { heardAt }] of this.others) if (Date.now() - heardAt > this.at.forgetAfterMs) this.others.delete(process);
    this.tell();
  }

  private say(asks: boolean): void {
    const { connection, process, place } = this.at;
    if (connection.isClosed() || connection.isDraining()) return;
    const said: LivePresence = { process, people: this.own(), asks };
    connection.publish(livePresenceSubject(place), JSON.stringify(said));
  }

  private tell(): void {
    const all = this.everybody();
    const text = JSON.stringify(all);
    if (text === this.told) return;
    this.told = text;
    for (const { box } of this.guests) box.put(all);
  }

  private own(): string[] {
    return [...new Set([...this.guests].map(({ personId }) => personId))].slice(0, MOST_PRESENT);
  }

  private everybody(): readonly string[] {
    return [...new Set([...this.own(), ...[...this.others.values()].flatMap(({ people }) => people)])].toSorted().slice(0, MOST_PRESENT);
  }
}

/** What is not a message of ours says nothing to us. */
function parse(message: Msg): LivePresence | null {
  try {
    return livePresence.safeParse(message.json()).data ?? null;
  } catch {
    return null;
  }
}
