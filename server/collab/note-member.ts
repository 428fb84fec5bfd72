import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Viewer } from '../../domain/access/viewer.ts';
import { CLOSE_CODES, writeFrame, type CollabFrame } from '../../domain/notes/collab-frame.ts';
import { Refusal } from '../../domain/refusal.ts';
import { KnownSession } from '../auth/known-session.ts';
import type { ViewerFor } from '../http/door-deps.ts';

/** Whoever leaves more than this unread is let go: it comes back, and reads what it missed in one piece. */
const MOST_UNREAD_BYTES = 8 * 1024 * 1024;
const BELIEVED_MS = 5_000;

const CLOSES: Readonly<Record<Refusal['family'], number>> = {
  unauthenticated: CLOSE_CODES.unauthenticated, forbidden: CLOSE_CODES.forbidden, 'not-found': CLOSE_CODES.unknown, 'bad-input': CLOSE_CODES.malformed, conflict: CLOSE_CODES.tooLarge, 'rate-limited': CLOSE_CODES.malformed,
};

export interface Person { readonly id: string; readonly name: string }

/** One open socket of a note. */
export class NoteMember {
  /** The note's content was sent: what is appended from now on is sent too. */
  synced = false;
  /** The client's number in Yjs, once it has said anything of itself. */
  client: number | null = null;
  readonly person: Person;
  /** Of pushes that wait for their commit. */
  waitingBytes = 0;
  private readonly ws: WebSocket;
  private readonly request: IncomingMessage;
  private readonly viewerFor: ViewerFor;
  private readonly known = new KnownSession(BELIEVED_MS);

  constructor({ ws, request, viewerFor, person }: { readonly ws: WebSocket; readonly request: IncomingMessage; readonly viewerFor: ViewerFor; readonly person: Person }) {
    this.ws = ws;
    this.request = request;
    this.viewerFor = viewerFor;
    this.person = person;
  }

  get open(): boolean {
    return this.ws.readyState === this.ws.OPEN;
  }

  send(frame: CollabFrame): void {
    this.sendBytes(writeFrame(frame));
  }

  /** What many are sent is written once. */
  sendBytes(bytes: Uint8Array): void {
    if (!this.open) return;
    if (this.ws.bufferedAmount > MOST_UNREAD_BYTES) { this.ws.terminate(); return; }
    this.ws.send(bytes);
  }

  /** Who this is at this moment; null when the session or token ended, after the socket was closed for it. */
  async viewer({ again = false } = {}): Promise<Viewer | null> {
    if (again) this.known.forget();
    try {
      const viewer = await this.viewerFor(this.request, this.known);
      if (viewer?.personId === this.person.id) return viewer;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    this.refuse(new Refusal('unauthenticated', 'access/invalid-credential', 'Your session or token ended. Sign in again; what you wrote is kept in your browser.'));
    return null;
  }

  /** Says why, and closes. */
  refuse(refusal: Refusal): void {
    this.send({ kind: 'refusal', code: refusal.code, message: refusal.message });
    this.close(CLOSES[refusal.family]);
  }

  ping(): void {
    if (this.open) this.ws.ping();
  }

  terminate(): void {
    this.ws.terminate();
  }

  close(code: number): void {
    if (!this.open) return;
    this.ws.close(code);
    // A peer that never answers the close would keep what it may not see any more.
    setTimeout(() => { this.ws.terminate(); }, 500).unref();
  }
}
