import type { ServerResponse } from 'node:http';

const PATIENCE_MS = 2000;
const MOST_READ = 16 * 1024 * 1024;

/**
 * For an answer to a body that was not read to its end. What is left of it is let pass for a moment, so that the client gets to read the answer (a connection that is closed on
 * unread bytes is reset, and takes the answer with it); a client that goes on sending is then cut off.
 */
export function hangUpSoon(response: ServerResponse): void {
  const { req: request } = response;
  if (request.complete) return;
  const hangUp = (): void => { request.socket.destroy(); };
  const timer = setTimeout(hangUp, PATIENCE_MS).unref();
  request.once('end', () => { clearTimeout(timer); }).once('close', () => { clearTimeout(timer); });
  let read = 0;
  request.on('data', (piece: Buffer) => {
    read += piece.length;
    if (read > MOST_READ) hangUp();
  });
}
