import type { IncomingMessage, ServerResponse } from 'node:http';

/** One protocol on the one port. The first door whose `opens` answers true serves the request. */
export interface Door {
  readonly name: string;
  opens(path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}
