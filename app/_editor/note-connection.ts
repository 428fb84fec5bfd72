import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import { applyUpdate, Doc, encodeStateVector } from 'yjs';
import { CLOSE_CODES, readFrame, writeFrame, type CollabFrame } from '../../domain/notes/collab-frame.ts';
import { keepUnsent, takeUnsent, forgetUnsent } from './unsent-edits.ts';
import { UnsavedEdits } from './unsaved-edits.ts';

export type NoteConnectionState = 'connecting' | 'live' | 'offline' | 'refused';
export interface NoteRefusal { readonly code: string; readonly message: string }

/** What came over the socket or out of the browser's store: not to be sent back. */
const FROM_ELSEWHERE = Symbol('from elsewhere');

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** The server is heard from at least so often; a connection that is silent for longer is dead, though nobody said so. */
const SILENCE_MS = 45_000;
/** What is asked of it is answered sooner. */
const ANSWER_MS = 8_000;
/** A new connection on a slow network takes its time. */
const OPENING_MS = 20_000;
const KEEP_AFTER_MS = 200;

const FINAL = new Map<number, NoteRefusal>([
  [CLOSE_CODES.unauthenticated, { code: 'access/sign-in-needed', message: 'You were signed out. Sign in again; what you wrote is kept in this browser.' }],
  [CLOSE_CODES.forbidden, { code: 'note/forbidden', message: 'You may not see or change this note any more.' }],
  [CLOSE_CODES.unknown, { code: 'note/unknown', message: 'There is no such note, or you may not see it.' }],
  [CLOSE_CODES.malformed, { code: 'note/malformed', message: 'This page and the server did not understand each other. Load the page again.' }],
  [CLOSE_CODES.tooLarge, { code: 'note/too-large', message: 'This is more than a note takes. Take something out, or begin another note.' }],
]);

/**
 * One note, kept in step with the server: edits are sent as they are made, one push at a time, and counted as saved when the server has committed them. What is not saved is kept in
 * the browser too, so that neither a lost connection nor a reload loses it. Knows no framework.
 */
export class NoteConnection {
  readonly doc = new Doc();
  readonly awareness = new Awareness(this.doc);
  state: NoteConnectionState = 'connecting';
  /** Why, when the state is "refused". */
  refusal: NoteRefusal | null = null;
  /** Whether an edit that no server takes was taken back, until who wrote it has read so. */
  tookBack = false;
  /** Whether the note's content has come: before that an empty document says nothing. */
  synced = false;
  private readonly noteId: string;
  private readonly address: string;
  private readonly listeners = new Set<() => void>();
  private readonly edits: UnsavedEdits;
  private socket: WebSocket | null = null;
  private pauseMs = FIRST_PAUSE_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(noteId: string, origin: string = location.origin) {
    this.noteId = noteId;
    this.address = `${origin.replace(/^http/, 'ws')}/collab?note=${encodeURIComponent(noteId)}`;
    this.edits = new UnsavedEdits(this.doc, FROM_ELSEWHERE, {
      changed: () => { this.sendNext(); this.keepSoon(); this.tell(); },
      takenBack: () => { this.tookBack = true; this.tell(); },
    });
    this.awareness.on('update', this.tellOthers);
    globalThis.addEventListener?.('online', this.reconnectNow);
    globalThis.addEventListener?.('offline', this.doubt);
    void takeUnsent(noteId).then((kept) => {
      for (const update of kept) this.edits.add(update);
      if (kept.length > 0) this.keepNow();
      if (!this.closed) this.open();
    });
  }

  /** Whether everything that was written here is in a commit on the server. */
  get saved(): boolean {
    return this.edits.empty;
  }

  /** Who wrote what was taken back has read so. */
  readonly readTookBack = (): void => { this.tookBack = false; this.tell(); };

  /** Calls whenever the state, `saved`, `refusal` or `tookBack` changed. Answers how to leave. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  }

  /** Resolves when all that was written here until then is saved: true; or, when that is refused or takes too long, false. */
  whenSaved(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const answer = (saved: boolean): void => { clearTimeout(timer); leave(); resolve(saved); };
      const look = (): void => { if (this.saved || this.state === 'refused') answer(this.saved); };
      const timer = setTimeout(() => answer(false), withinMs);
      const leave = this.subscribe(look);
      look();
    });
  }

  /** Tries at once instead of after the pause. */
  readonly reconnectNow = (): void => {
    if (this.closed || this.socket || this.state === 'refused') return;
    clearTimeout(this.timer);
    this.open();
  };

  /** Asks whether the server is still there, when something else says that it may not be: one that does not answer is lost now, not when its silence is long. */
  readonly doubt = (): void => {
    if (this.state !== 'live' || this.socket?.readyState !== WebSocket.OPEN) return;
    this.greet();
    this.awaitSound(ANSWER_MS);
  };

  close(): void {
    if (this.closed) return;
    this.keepNow();
    removeAwarenessStates(this.awareness, [this.doc.clientID], 'leaving');
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    globalThis.removeEventListener?.('online', this.reconnectNow);
    globalThis.removeEventListener?.('offline', this.doubt);
    this.socket?.close(1000);
    this.awareness.destroy();
    this.edits.close();
    this.doc.destroy();
    this.listeners.clear();
  }

  private open(): void {
    const socket = new WebSocket(this.address);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.become('connecting');
    socket.addEventListener('open', () => { if (this.socket === socket) this.greet(); });
    socket.addEventListener('message', ({ data }) => { if (this.socket === socket && data instanceof ArrayBuffer) this.hear(new Uint8Array(data)); });
    socket.addEventListener('close', ({ code }) => { if (this.socket === socket) this.lost(code); });
    this.awaitSound(OPENING_MS);
  }

  private greet(): void {
    this.send({ kind: 'stateVector', data: encodeStateVector(this.doc) });
    if (this.awareness.getLocalState() !== null) this.send({ kind: 'awareness', data: encodeAwarenessUpdate(this.awareness, [this.doc.clientID]) });
  }

  private hear(bytes: Uint8Array): void {
    this.awaitSound();
    const frame = readFrame(bytes);
    if (frame === null) return;
    switch (frame.kind) {
      case 'update': this.receive(frame.data); return;
      // What the server lacks, although it was once told: the note was brought back from a backup, or a browser kept more than it knew.
      case 'stateVector': this.edits.serverHas(frame.data); this.sendNext(); return;
      case 'saved': this.edits.acknowledge(frame.sequence); this.keepSoon(); this.tell(); this.sendNext(); return;
      case 'awareness': applyAwarenessUpdate(this.awareness, frame.data, FROM_ELSEWHERE); return;
      case 'refusal': this.refusal = { code: frame.code, message: frame.message }; this.tell(); return;
      case 'push': return;
    }
  }

  private receive(update: Uint8Array): void {
    applyUpdate(this.doc, update, FROM_ELSEWHERE);
    if (this.state === 'live') return;
    this.synced = true;
    this.pauseMs = FIRST_PAUSE_MS;
    this.edits.sendAgain();
    this.become('live');
    this.sendNext();
  }

  private lost(code: number): void {
    this.socket = null;
    clearTimeout(this.silence);
    removeAwarenessStates(this.awareness, [...this.awareness.getStates().keys()].filter((client) => client !== this.doc.clientID), FROM_ELSEWHERE);
    if (this.closed) return;
    const final = FINAL.get(code);
    if (final) {
      this.refusal ??= final;
      this.become('refused');
      return;
    }
    this.become('offline');
    // Half of the pause is chance, or all who lost one server would come back in one moment.
    this.timer = setTimeout(() => { this.open(); }, this.pauseMs * (0.5 + Math.random() / 2));
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2);
  }

  private sendNext(): void {
    if (this.state !== 'live' || this.socket?.readyState !== WebSocket.OPEN) return;
    const push = this.edits.next();
    if (!push) return;
    this.send({ kind: 'push', ...push });
    this.awaitSound(ANSWER_MS);
  }

  private send(frame: CollabFrame): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(writeFrame(frame));
  }

  private readonly tellOthers = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>, origin: unknown): void => {
    if (origin !== FROM_ELSEWHERE && [...added, ...updated, ...removed].includes(this.doc.clientID)) this.send({ kind: 'awareness', data: encodeAwarenessUpdate(this.awareness, [this.doc.clientID]) });
  };

  private awaitSound(withinMs = SILENCE_MS): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      const { socket } = this;
      if (!socket) return;
      this.lost(1006);
      socket.close();
    }, withinMs);
  }

  private keepSoon(): void {
    this.keeping ??= setTimeout(() => { this.keepNow(); }, KEEP_AFTER_MS);
  }

  private keepNow(): void {
    clearTimeout(this.keeping);
    this.keeping = undefined;
    const unsaved = this.edits.all();
    void (unsaved ? keepUnsent(this.noteId, this.doc.clientID, unsaved) : forgetUnsent(this.noteId, this.doc.clientID));
  }

  private become(state: NoteConnectionState): void {
    this.state = state;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
