import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from '../../domain/refusal.ts';

/** One protocol on the one port. The first door whose `opens` answers true serves the request. */
export interface Door {
  readonly name: string;
  opens(path: string): boolean;
  /** May throw a Refusal, which `refuse` then tells in the protocol's own form; anything else thrown is our fault, logged and answered as such. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** How this protocol says no; plain JSON when absent. Also used for what is refused before the door is reached (a forged Host, a tunnel). */
  refuse?(refusal: Refusal, response: ServerResponse): void;
  /** How this protocol says that we failed; `reference` finds the cause in our log. */
  fail?(reference: string, response: ServerResponse): void;
  /** How this protocol says that what we rest on does not serve now, and that the same request may pass in a moment. */
  pause?(response: ServerResponse): void;
}

/** A protocol that lives on websockets. */
export interface SocketDoor {
  readonly name: string;
  opens(path: string): boolean;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Lets go of its connections at once: peers reconnect to another process and resume. The sockets themselves are ended for it. */
  close(): void;
}
