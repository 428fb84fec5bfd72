import { randomUUID } from 'node:crypto';
import { writeFrame } from '../../domain/notes/collab-frame.ts';
import type { LiveNotes, NotePresence } from '../../operations/ports/live-notes.ts';
import { readAwareness, stamped, writeAwareness, type ClientState } from './awareness-update.ts';
import type { NoteMember } from './note-member.ts';

/** Carets are told so often, all of them at once, however much their owners move. */
const TELL_EVERY_MS = 40;
const FORGET_AFTER_MS = 40_000;
/** Clients of other processes that are kept in mind. */
const MOST_CLIENTS = 500;
const MOST_TOLD = 200;

const PROCESS = randomUUID();

interface Known { readonly clock: number; readonly state: string; readonly heardAt: number; readonly member: NoteMember | null }

/** Who is in a note and where their carets are, here and in other server processes. Kept nowhere; nobody can speak for another. */
export class RoomPresence {
  private readonly live: Pick<LiveNotes, 'publishPresence'>;
  private readonly noteId: string;
  private readonly members: ReadonlySet<NoteMember>;
  private readonly clients = new Map<number, Known>();
  private readonly changed = new Map<number, ClientState>();
  private timer: NodeJS.Timeout | null = null;

  constructor(live: Pick<LiveNotes, 'publishPresence'>, noteId: string, members: ReadonlySet<NoteMember>) {
    this.live = live;
    this.noteId = noteId;
    this.members = members;
    live.publishPresence(noteId, { process: PROCESS, asks: true, clients: [] });
  }

  /** False for what is not an awareness update. */
  hear(member: NoteMember, update: Uint8Array): boolean {
    const entries = readAwareness(update);
    if (!entries) return false;
    for (const entry of entries) if (this.ownedBy(member, entry.client)) this.learn(member, entry);
    return true;
  }

  /** Everybody, for one who comes. */
  greet(member: NoteMember): void {
    const all = [...this.clients].filter(([, known]) => known.member !== member).map(([client, { clock, state }]) => ({ client, clock, state }));
    if (all.length > 0) member.send({ kind: 'awareness', data: writeAwareness(all) });
  }

  leave(member: NoteMember): void {
    const known = member.client === null ? undefined : this.clients.get(member.client);
    if (member.client !== null && known?.member === member) this.gone(member.client, known.clock + 1);
  }

  /** What another process says. */
  hearOf({ process, asks, clients }: NotePresence): void {
    if (process === PROCESS) return;
    if (asks) this.publish([...this.clients].flatMap(([client, { clock, state, member }]) => (member ? [{ client, clock, state }] : [])));
    const news = clients.filter(({ client, clock }) => {
      const known = this.clients.get(client);
      return !known?.member && (!known || known.clock < clock) && (known !== undefined || this.clients.size < MOST_CLIENTS);
    });
    for (const { client, clock, state } of news) {
      if (state === null) this.clients.delete(client);
      else this.clients.set(client, { clock, state, heardAt: Date.now(), member: null });
    }
    this.tell(news);
  }

  /** Those of other processes that are not heard of any more. */
  forget(): void {
    const before = Date.now() - FORGET_AFTER_MS;
    const silent = [...this.clients].filter(([, { member, heardAt }]) => member === null && heardAt < before);
    for (const [client] of silent) this.clients.delete(client);
    this.tell(silent.map(([client, { clock }]) => ({ client, clock: clock + 1, state: null })));
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.publish([...this.changed.values()]);
  }

  /** A socket speaks for one client, and not for one that somebody else's socket is. */
  private ownedBy(member: NoteMember, client: number): boolean {
    const other = this.clients.get(client)?.member;
    if (other !== undefined && other !== member) return false;
    member.client ??= client;
    return member.client === client;
  }

  private learn(member: NoteMember, { client, clock, state }: ClientState): void {
    const known = this.clients.get(client);
    if (known && known.clock > clock) return;
    const said = state === null ? null : stamped(state, member.person);
    if (said === null) { if (known) this.gone(client, clock); return; }
    this.clients.set(client, { clock, state: said, heardAt: Date.now(), member });
    this.tellSoon({ client, clock, state: said });
  }

  private gone(client: number, clock: number): void {
    this.clients.delete(client);
    this.tellSoon({ client, clock, state: null });
  }

  private tellSoon(entry: ClientState): void {
    this.changed.set(entry.client, entry);
    this.timer ??= setTimeout(() => {
      this.timer = null;
      const news = [...this.changed.values()];
      this.changed.clear();
      this.publish(news);
      this.tell(news);
    }, TELL_EVERY_MS);
  }

  private publish(clients: readonly ClientState[]): void {
    for (let from = 0; from < clients.length; from += MOST_TOLD) this.live.publishPresence(this.noteId, { process: PROCESS, asks: false, clients: clients.slice(from, from + MOST_TOLD) });
  }

  /** Nobody is told of themselves. */
  private tell(news: readonly ClientState[]): void {
    if (news.length === 0) return;
    const toAll = writeFrame({ kind: 'awareness', data: writeAwareness(news) });
    for (const member of this.members) {
      if (!member.synced) continue;
      const own = news.some(({ client }) => client === member.client);
      const others = own ? news.filter(({ client }) => client !== member.client) : news;
      if (!own) member.sendBytes(toAll);
      else if (others.length > 0) member.send({ kind: 'awareness', data: writeAwareness(others) });
    }
  }
}
