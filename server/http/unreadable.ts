import type { Duplex } from 'node:stream';

const WORDS: Readonly<Record<string, readonly [status: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers of this request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not come in time.'],
};
/** A client that opens connection after connection for its garbage gets no more than so many answers a second from us; one with a mistake in it does not notice. */
const PAUSE_MS = 50;
const MALFORMED = ['400 Bad Request', 'This is no HTTP request: its address or its headers hold characters that must be percent-encoded, or its lines are broken.'] as const;

/**
 * Answers what Node could not read as a request, which no door gets to see; Node itself would send an empty 400. Whose client it is can no longer be told,
 * so the answer has our form and, beside it, that of MLflow's clients, who look for `error_code` and `message`.
 */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex & { readonly _httpMessage?: { readonly headersSent: boolean } | null }): void {
  // As Node does it: an answer that has begun on this socket would be spoilt by another.
  if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) { socket.destroy(); return; }
  setTimeout(answer, PAUSE_MS, error, socket).unref();
}

function answer(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) { socket.destroy(); return; }
  const [status, message] = WORDS[error.code ?? ''] ?? MALFORMED;
  const body = JSON.stringify({ error: { code: 'BAD_USER_INPUT', reason: 'http/unreadable', message }, error_code: 'BAD_REQUEST', message });
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, () => socket.destroy());
}
