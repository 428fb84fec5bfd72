import type { IncomingMessage } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Change } from '../../contracts/messages/change.ts';
import { may } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { CLOSE_CODES, MOST_UPDATE_BYTES, readFrame, writeFrame } from '../../domain/notes/collab-frame.ts';
import { badInput, Refusal } from '../../domain/refusal.ts';
import { unknownNote } from '../../operations/notes/reach-note.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import type { SocketDoor } from '../http/door.ts';
import { writeAwareness } from './awareness-update.ts';
import { NoteMember } from './note-member.ts';
import { NoteRoom } from './note-room.ts';

/** A push and its number; ws closes with 1009 what is longer before it is read. */
const PAYLOAD_BYTES = MOST_UPDATE_BYTES + 1024;
/** Carets and keystrokes of a person do not come faster than this. */
const MOST_FRAMES_A_SECOND = 200;
const HEARTBEAT_MS = 15_000;
const RECHECK_MS = 5_000;
const POLICY_VIOLATION = 1008;
const GOING_AWAY = 1001;
const FAILED = 1011;

const HEARTBEAT = writeFrame({ kind: 'awareness', data: writeAwareness([]) });

interface Guest { readonly member: NoteMember; readonly room: NoteRoom; alive: boolean }

export interface CollabParts { readonly deps: Pick<DoorDeps, 'ports' | 'reader' | 'log' | 'changes' | 'viewerFor' | 'instruments'>; readonly recheckEveryMs?: number }

/**
 * Notes edited by several people at once: /collab?note=<id>, see docs/decisions/0105-collab-door.md. A socket lives as long as the right of who opened it: that is asked again
 * whenever anything about the project, the person or the note changes, and every few seconds.
 */
export function collabDoor({ deps, recheckEveryMs = RECHECK_MS }: CollabParts): SocketDoor {
  const wss = new WebSocketServer({ noServer: true, maxPayload: PAYLOAD_BYTES });
  const rooms = new Map<string, Promise<NoteRoom>>();
  const guests = new Set<Guest>();
  const stopping = new AbortController();

  async function roomOf(note: { readonly id: string; readonly projectId: string }): Promise<NoteRoom> {
    const there = await rooms.get(note.id);
    if (there?.usable) return there;
    const room = new NoteRoom(deps, note);
    const opening = room.open().then(() => room);
    rooms.set(note.id, opening);
    opening.catch(() => { if (rooms.get(note.id) === opening) rooms.delete(note.id); room.close(); });
    return opening;
  }

  /** The note, if this viewer may see it. */
  async function visible(viewer: Viewer, noteId: string) {
    const note = await deps.reader.note.findFirst({ where: { id: noteId, deletedAt: null }, select: { id: true, projectId: true } });
    const project = note && await deps.reader.project.findUnique({ where: { id: note.projectId } });
    return note && project && may(viewer, 'project.read', project) ? note : null;
  }

  async function admit(ws: WebSocket, request: IncomingMessage): Promise<Guest> {
    const viewer = await deps.viewerFor(request);
    if (!viewer) throw new Refusal('unauthenticated', 'access/sign-in-needed', 'Sign in, or send a token: Authorization: Bearer <token>.');
    const noteId = new URL(request.url ?? '/', 'http://localhost').searchParams.get('note') ?? '';
    const note = /^[\w-]{1,64}$/.test(noteId) ? await visible(viewer, noteId) : null;
    const person = note && await deps.reader.person.findUnique({ where: { id: viewer.personId }, select: { id: true, name: true } });
    if (!note || !person) throw unknownNote();
    let room = await roomOf(note);
    while (!room.usable) room = await roomOf(note);
    const member = new NoteMember({ ws, request, viewerFor: deps.viewerFor, person });
    room.members.add(member);
    return { member, room, alive: true };
  }

  async function serve(ws: WebSocket, request: IncomingMessage): Promise<void> {
    const early: Uint8Array[] = [];
    const keep = (data: Uint8Array): void => { if (early.push(data) > 8) ws.close(POLICY_VIOLATION); };
    ws.on('message', keep);
    ws.on('error', () => {});
    deps.instruments.sockets.inc({ door: 'collab' });
    ws.once('close', () => { deps.instruments.sockets.dec({ door: 'collab' }); });
    const guest = await admit(ws, request);
    ws.off('message', keep);
    guests.add(guest);
    const pace = framePace();
    const hear = (data: Uint8Array): void => { if (pace()) handle(guest, data); else guest.member.close(POLICY_VIOLATION); };
    ws.on('message', hear);
    ws.on('pong', () => { guest.alive = true; });
    const left = (): void => { guests.delete(guest); void leave(guest); };
    if (ws.readyState !== ws.OPEN) { left(); return; }
    ws.once('close', left);
    for (const data of early) hear(data);
  }

  async function leave({ member, room }: Guest): Promise<void> {
    await room.leave(member);
    if (room.members.size > 0) return;
    // From here on it is not usable, and who comes opens another, which may have taken its place already.
    room.close();
    const opening = rooms.get(room.noteId);
    if (opening && await opening.catch(() => null) === room && rooms.get(room.noteId) === opening) rooms.delete(room.noteId);
  }

  function handle({ member, room }: Guest, data: Uint8Array): void {
    const frame = readFrame(data);
    switch (frame?.kind) {
      case 'stateVector': room.greet(member, frame.data); return;
      case 'push': room.push(member, frame.sequence, frame.data); return;
      case 'awareness': if (room.presence.hear(member, frame.data)) return; break;
      case 'update':
      case 'saved':
      case 'refusal':
      case undefined: break;
    }
    member.refuse(badInput('note/malformed', 'This is not a message of ours. Load the page again.'));
  }

  /** Closes the socket if its person may not see the note any more. */
  async function recheck({ member, room }: Guest): Promise<void> {
    try {
      const viewer = await member.viewer({ again: true });
      if (!viewer || await visible(viewer, room.noteId)) return;
      member.refuse(new Refusal('forbidden', 'note/forbidden', 'You may not see this note any more, or it was deleted.'));
    } catch (error) {
      // A database that is away says nothing about the right: it is asked again in a moment.
      deps.log.warn({ err: error }, 'a right to a note could not be asked for');
    }
  }

  const concerns = ({ noun, id, projectId, verb }: Change) => ({ member, room }: Guest): boolean =>
    (noun === 'person' && member.person.id === id) || (noun === 'project' && room.projectId === (projectId ?? id)) || (noun === 'note' && verb === 'deleted' && room.noteId === id);

  async function listen(): Promise<void> {
    const wanted = ({ noun }: Change): boolean => noun === 'person' || noun === 'project' || noun === 'note';
    for await (const change of deps.changes.subscribe(wanted, stopping.signal)) for (const guest of [...guests].filter(concerns(change))) void recheck(guest);
  }
  void listen();

  const rechecking = setInterval(() => { for (const guest of guests) void recheck(guest); }, recheckEveryMs).unref();
  const beating = setInterval(() => {
    for (const guest of guests) beat(guest);
  }, HEARTBEAT_MS).unref();

  /** Browsers do not hear pings, and we do not hear from who is gone: each side is told something now and then. */
  function beat(guest: Guest): void {
    if (!guest.alive) { guest.member.terminate(); return; }
    guest.alive = false;
    guest.member.ping();
    guest.member.sendBytes(HEARTBEAT);
  }

  return {
    name: 'collab',
    opens: (path) => path === '/collab',
    upgrade(request, socket, head) {
      wss.handleUpgrade(request, socket, head, (ws) => {
        ws.binaryType = 'nodebuffer';
        serve(ws, request).catch((error: unknown) => {
          if (error instanceof Refusal) { refuse(ws, error); return; }
          deps.log.error({ err: error }, 'a note could not be opened');
          ws.close(FAILED);
        });
      });
    },
    close() {
      stopping.abort();
      clearInterval(rechecking);
      clearInterval(beating);
      for (const ws of wss.clients) ws.close(GOING_AWAY);
    },
  };
}

/** Before there is a member: a browser sees the code of a close, and nothing of a failed upgrade. */
function refuse(ws: WebSocket, { code, message, family }: Refusal): void {
  ws.send(writeFrame({ kind: 'refusal', code, message }));
  ws.close(family === 'unauthenticated' ? CLOSE_CODES.unauthenticated : CLOSE_CODES.unknown);
}

/** True while frames come no faster than they may. */
function framePace(): () => boolean {
  let [second, frames] = [0, 0];
  return () => {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) [second, frames] = [now, 0];
    frames += 1;
    return frames <= MOST_FRAMES_A_SECOND;
  };
}
