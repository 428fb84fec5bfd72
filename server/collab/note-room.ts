import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs';
import { may } from '../../domain/access/policy.ts';
import { MOST_UPDATE_BYTES, writeFrame } from '../../domain/notes/collab-frame.ts';
import { badInput, conflict, forbidden } from '../../domain/refusal.ts';
import { appendUpdates, type NoteEdit } from '../../operations/notes/append-updates.ts';
import { deriveNote } from '../../operations/notes/derive-note.ts';
import type { NumberedUpdate } from '../../operations/ports/notes.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import type { NoteMember } from './note-member.ts';
import { RoomPresence } from './room-presence.ts';

export type RoomDeps = Pick<DoorDeps, 'ports' | 'reader' | 'log'>;

interface Push extends NoteEdit { readonly member: NoteMember; readonly sequence: number }
interface Waiting { readonly member: NoteMember; readonly sequence: number; readonly data: Uint8Array }

/** What one commit takes, and what one member may have waiting. */
const MOST_IN_COMMIT = 200;
const MOST_COMMIT_BYTES = 4 * MOST_UPDATE_BYTES;
const MOST_WAITING_BYTES = 4 * MOST_UPDATE_BYTES;
/** Words are looked at when nothing was written for a moment, and now and then while it is. */
const QUIET_MS = 1_000;
const LONGEST_UNQUIET_MS = 5_000;
const TRY_LATER = 1013;

/**
 * One note in this process, while anybody here has it open: its document in memory, followed by number through NATS and the store, so that nothing another process committed is missed. Edits of all
 * who are here are committed together; "saved" and what others see come after the commit.
 */
export class NoteRoom {
  readonly noteId: string;
  readonly projectId: string;
  readonly members = new Set<NoteMember>();
  readonly presence: RoomPresence;
  private readonly deps: RoomDeps;
  private readonly doc = new Doc();
  private readonly leaving = new AbortController();
  private readonly waiting: Waiting[] = [];
  private upTo = 0;
  private catching: Promise<void> | null = null;
  private committing = false;
  private deriving: { readonly since: number; timer: NodeJS.Timeout } | null = null;
  private failed = false;

  constructor(deps: RoomDeps, note: { readonly id: string; readonly projectId: string }) {
    this.deps = deps;
    this.noteId = note.id;
    this.projectId = note.projectId;
    this.presence = new RoomPresence(deps.ports.liveNotes, note.id, this.members);
  }

  /** Whoever comes waits until everything that was committed before is here. */
  async open(): Promise<void> {
    await this.catchUp();
    void this.follow();
    void this.followPresence();
  }

  /** Whether who comes may come in here; who finds it shut opens another. */
  get usable(): boolean {
    return !this.failed && !this.leaving.signal.aborted;
  }

  /** What the member lacks, and what we have, so that it sends what we lack. */
  greet(member: NoteMember, vector: Uint8Array): void {
    const lacking = lackingOf(this.doc, vector);
    if (!lacking) { member.refuse(badInput('note/malformed', 'This is not a state vector.')); return; }
    member.send({ kind: 'update', data: lacking });
    member.send({ kind: 'stateVector', data: encodeStateVector(this.doc) });
    member.synced = true;
    this.presence.greet(member);
  }

  push(member: NoteMember, sequence: number, data: Uint8Array): void {
    if (data.length > MOST_UPDATE_BYTES) { member.refuse(conflict('note/update-too-large', 'At most 1 MB is taken in one piece. Attach it as a file instead.')); return; }
    if (member.waitingBytes + data.length > MOST_WAITING_BYTES) { member.close(TRY_LATER); return; }
    member.waitingBytes += data.length;
    this.waiting.push({ member, sequence, data });
    void this.commitAll();
  }

  /** Answers once everything that was pushed here is committed or given up. */
  async leave(member: NoteMember): Promise<void> {
    this.members.delete(member);
    this.presence.leave(member);
    if (this.members.size === 0) await this.settle(true);
  }

  close(): void {
    this.leaving.abort();
    if (this.deriving) clearTimeout(this.deriving.timer);
    this.presence.close();
    this.doc.destroy();
  }

  private async commitAll(): Promise<void> {
    if (this.committing) return;
    this.committing = true;
    try {
      while (this.waiting.length > 0 && !this.failed) await this.commit(this.nextBatch());
    } catch (error) {
      this.fail(error);
    } finally {
      this.committing = false;
    }
  }

  private nextBatch(): readonly Waiting[] {
    let bytes = 0;
    const end = this.waiting.findIndex(({ data }, at) => at >= MOST_IN_COMMIT || (at > 0 && (bytes += data.length) > MOST_COMMIT_BYTES));
    return this.waiting.splice(0, end === -1 ? this.waiting.length : end);
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    for (const { member, data } of batch) member.waitingBytes -= data.length;
    const pushes = await this.permitted(batch);
    const taken = pushes.filter((push) => this.takeIn(push));
    if (taken.length === 0 || this.failed) return;
    const { updates, refusals } = await appendUpdates(this.deps.ports, this.noteId, taken);
    if (refusals.some((refusal) => refusal !== null)) {
      // They are in the document here and not in the store: everybody begins anew from the store.
      taken.forEach(({ member }, at) => { const refusal = refusals[at]; if (refusal) member.refuse(refusal); });
      this.fail(null);
    }
    this.deps.ports.liveNotes.publish(this.noteId, updates);
    taken.forEach(({ member, sequence }, at) => { if (refusals[at] === null) member.send({ kind: 'saved', sequence }); });
    this.tellOthers(taken.filter((_, at) => refusals[at] === null));
    const [first] = updates;
    if (first?.number === this.upTo + 1) this.upTo = updates.at(-1)?.number ?? this.upTo;
    else if (first) await this.catchUp();
    this.deriveSoon();
  }

  /** Those whose authors may edit at this moment; the others are told and let go. */
  private async permitted(batch: readonly Waiting[]): Promise<readonly Push[]> {
    const project = await this.deps.reader.project.findUnique({ where: { id: this.projectId } });
    const viewers = new Map(await Promise.all([...new Set(batch.map(({ member }) => member))].map(async (member) => [member, await member.viewer()] as const)));
    return batch.flatMap((waiting) => {
      const viewer = viewers.get(waiting.member);
      if (!viewer) return [];
      if (project && may(viewer, 'note.edit', project)) return [{ ...waiting, viewer }];
      waiting.member.refuse(forbidden('note/read-only', 'You may read this note, but not change it. Ask for the role member in its project.'));
      return [];
    });
  }

  /** Into the document here, before anything is written down: what cannot be taken in by one can be by none. */
  private takeIn({ member, data }: Push): boolean {
    const update = this.deps.ports.noteDocuments.parse(data);
    try {
      if (update) { applyUpdate(this.doc, update); return true; }
    } catch (error) {
      this.fail(error);
    }
    member.refuse(badInput('note/not-an-update', 'This is not an update of a note.'));
    return false;
  }

  private tellOthers(pushes: readonly Push[]): void {
    for (const { member: author, data } of pushes) this.tell(data, author);
  }

  private tell(update: Uint8Array, but: NoteMember | null): void {
    const bytes = writeFrame({ kind: 'update', data: update });
    for (const member of this.members) if (member.synced && member !== but) member.sendBytes(bytes);
  }

  private async follow(): Promise<void> {
    try {
      for await (const { updates } of this.deps.ports.liveNotes.subscribe(this.noteId, this.leaving.signal)) {
        if (updates === null || !this.followsOn(updates)) await this.catchUp();
        else this.takeOver(updates);
      }
    } catch (error) {
      if (!this.leaving.signal.aborted) this.fail(error);
    }
  }

  private async followPresence(): Promise<void> {
    for await (const said of this.deps.ports.liveNotes.subscribePresence(this.noteId, this.leaving.signal)) {
      this.presence.hearOf(said);
      this.presence.forget();
    }
  }

  /** Whether nothing is missing between what is here and what came. */
  private followsOn(updates: readonly NumberedUpdate[]): boolean {
    const [first] = updates;
    return !first || first.number <= this.upTo + 1;
  }

  /** One look into the store at a time; who asks while one is under way waits for the next. */
  private async catchUp(): Promise<void> {
    while (this.catching) await this.catching;
    this.catching = this.deps.ports.store.transaction((tx) => tx.notes.since(this.noteId, this.upTo)).then((updates) => { this.takeOver(updates); });
    try {
      await this.catching;
    } finally {
      this.catching = null;
    }
  }

  private takeOver(updates: readonly NumberedUpdate[]): void {
    for (const { number, data } of updates) {
      if (number <= this.upTo) continue;
      const before = encodeStateVector(this.doc);
      try {
        applyUpdate(this.doc, data);
      } catch (error) {
        this.deps.log.error({ err: error, note: this.noteId, number }, 'an update of a note could not be taken in');
      }
      this.upTo = number;
      // Of many that were merged, those who are here need only what is new to them.
      this.tell(data.length > MOST_UPDATE_BYTES ? encodeStateAsUpdate(this.doc, before) : data, null);
    }
  }

  private deriveSoon(): void {
    const since = this.deriving?.since ?? Date.now();
    if (this.deriving) clearTimeout(this.deriving.timer);
    const inMs = Math.max(0, Math.min(QUIET_MS, since + LONGEST_UNQUIET_MS - Date.now()));
    this.deriving = { since, timer: setTimeout(() => { this.deriving = null; void this.settle(false); }, inMs) };
  }

  private async settle(deserted: boolean): Promise<void> {
    try {
      await deriveNote(this.deps.ports, { note: this.noteId, deserted });
    } catch (error) {
      // Whoever opens the note next, or upkeep, does it.
      this.deps.log.warn({ err: error, note: this.noteId }, 'what follows from a note was not written down');
    }
  }

  /** What is here may not be what is in the store: everybody comes back to a room made from the store, with what was not acknowledged. */
  private fail(error: unknown): void {
    if (this.failed) return;
    this.failed = true;
    if (error !== null) this.deps.log.error({ err: error, note: this.noteId }, 'edits of a note were not saved; their authors send them again');
    for (const member of this.members) member.close(TRY_LATER);
  }
}

function lackingOf(doc: Doc, vector: Uint8Array): Uint8Array | null {
  try {
    return encodeStateAsUpdate(doc, vector);
  } catch {
    return null;
  }
}

