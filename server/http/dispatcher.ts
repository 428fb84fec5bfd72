import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { Refusal } from '../../domain/refusal.ts';
import { SESSION_COOKIES } from '../auth/credential.ts';
import { asksWrongly, sendFailure, sendPause, sendRefusal } from './answer.ts';
import type { Door, SocketDoor } from './door.ts';
import type { Instruments } from './instruments.ts';
import { tooDeep } from './keepable.ts';
import { MalformedPace } from './malformed-pace.ts';
import { isOutage } from './outage.ts';

export interface DispatcherParts {
  readonly doors: readonly Door[];
  readonly socketDoors: readonly SocketDoor[];
  /** Refuses what no door may see. */
  readonly guard: (request: IncomingMessage) => void;
  readonly instruments: Instruments;
  readonly log: Logger;
}

const forgetSession = SESSION_COOKIES.map((name) => `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${name.startsWith('__Secure-') ? '; Secure' : ''}`);

/** How long a peer may take to read the last that was said to it. */
const LAST_WORDS_MS = 300;

/** The path without its query; "/" for what is not a path. */
export const pathOf = (request: Pick<IncomingMessage, 'url'>): string => (request.url ?? '/').split('?', 1)[0] ?? '/';

/** The path as it may be written down: what opens something by itself is left out. */
export const loggablePath = (path: string): string => path.replace(/^(\/s|\/invitations|\/api\/v1\/share|\/api\/auth\/reset-password)\/[^/]+/, '$1/…');

/** Sends every request to the first door that opens for its path, counts it, and tells refusals and failures in that door's form. */
export function dispatcher({ doors, socketDoors, guard, instruments, log }: DispatcherParts) {
  /** Everything upgraded, whoever answers it: Node's server waits for these connections when it closes, and does not end them itself. */
  const upgraded = new Set<Duplex>();
  const pace = new MalformedPace();
  let closed = false;

  async function serve(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      guard(request);
      await door.handle(request, response);
    } catch (error) {
      tell(door, tooDeep(error) ?? error, request, response);
    } finally {
      // What is left of a body nobody read would keep the connection from serving its next request.
      if (!request.complete) request.resume();
    }
  }

  /** In the door's form: a refusal as it is, what passes by itself as that, and everything else as our fault, masked and logged. */
  function tell(door: Door, error: unknown, request: IncomingMessage, response: ServerResponse): void {
    if (error instanceof Refusal) {
      // A browser whose session ended is asked once, then comes back as nobody instead of being refused for ever.
      if (error.code === 'access/invalid-credential' && request.headers.cookie && !response.headersSent) response.appendHeader('set-cookie', forgetSession);
      (door.refuse ?? sendRefusal)(error, response);
      return;
    }
    if (request.destroyed && !request.complete) { response.destroy(); return; }
    const where = { door: door.name, path: loggablePath(pathOf(request)) };
    if (isOutage(error)) {
      log.warn({ ...where, problem: String(error) }, 'a request came while something behind this server did not serve');
      (door.pause ?? sendPause)(response);
      return;
    }
    const reference = newReference();
    log.error({ err: error, reference, ...where }, 'a request failed');
    (door.fail ?? sendFailure)(reference, response);
  }

  return {
    request(request: IncomingMessage, response: ServerResponse): void {
      const path = pathOf(request);
      // At its end a request may have lost it.
      const { socket } = request;
      const door = doors.find((each) => each.opens(path)) ?? NO_DOOR;
      const stop = instruments.requestSeconds.startTimer({ door: door.name });
      response.on('close', () => {
        stop();
        instruments.requests.inc({ door: door.name, method: request.method ?? '', status: response.statusCode });
        const { statusCode } = response;
        if (statusCode === 400 || statusCode === 413 || asksWrongly(response)) pace.note(socket, 'malformed');
        else if (statusCode < 400) pace.note(socket, 'taken');
      });
      const waitInMs = pace.waitInMs(socket);
      if (waitInMs === 0) void serve(door, request, response);
      else setTimeout(() => { if (!response.destroyed) void serve(door, request, response); }, waitInMs);
    },
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      socket.on('error', () => socket.destroy());
      // A connection that was kept open for its next request may still ask.
      if (closed) { socket.destroy(); return; }
      upgraded.add(socket);
      socket.once('close', () => upgraded.delete(socket));
      const door = socketDoors.find((each) => each.opens(pathOf(request)));
      if (!door) { endSocket(socket, '404 Not Found'); return; }
      try {
        guard(request);
        door.upgrade(request, socket, head);
      } catch (error) {
        if (!(error instanceof Refusal)) log.error({ err: error, door: door.name }, 'an upgrade failed');
        endSocket(socket, error instanceof Refusal ? '403 Forbidden' : '500 Internal Server Error');
      }
    },
    /** Ends every upgraded connection and lets no other in; also those that no door would end: Next's, and of peers that were refused and never hung up. */
    closeSockets(): void {
      closed = true;
      for (const door of socketDoors) door.close();
      // What was said last, such as why the connection ends, is still sent; a peer that does not read is not waited for.
      for (const socket of upgraded) {
        if (!(socket instanceof Socket)) { socket.destroy(); continue; }
        socket.destroySoon();
        setTimeout(() => socket.destroy(), LAST_WORDS_MS).unref();
      }
    },
  };
}

/** What links an answer to our log: short enough to read out on the phone. */
export const newReference = (): string => randomBytes(5).toString('hex');

function endSocket(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

const NO_DOOR: Door = {
  name: 'none',
  opens: () => true,
  handle: () => Promise.reject(new Refusal('not-found', 'http/no-such-path', 'There is nothing at this address.')),
};
