import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One kept-alive connection on which one request at a time is sent: as little work as a client can do, so that the server is what is measured. */
export class HttpStream {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #settle: { readonly resolve: (answer: Answer) => void; readonly reject: (problem: Error) => void } | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (part: Buffer) => {
      this.#received = this.#received.length === 0 ? part : Buffer.concat([this.#received, part]);
      this.#look();
    });
    const lost = (problem?: Error): void => this.#settle?.reject(problem ?? new Error('The server closed the connection before it answered.'));
    socket.on('error', lost).on('close', () => lost());
  }

  static async open(url: string): Promise<HttpStream> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    return new HttpStream(socket);
  }

  send(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#settle = null;
    this.#socket.destroy();
  }

  #look(): void {
    const answer = answerIn(this.#received);
    if (answer === null) return;
    this.#received = Buffer.alloc(0);
    const settle = this.#settle;
    this.#settle = null;
    settle?.resolve(answer);
  }
}

/** The answer, when all of it has come; a body has a length or comes in chunks. */
function answerIn(received: Buffer): Answer | null {
  const end = received.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = received.toString('latin1', 0, end).toLowerCase();
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
  if (length !== undefined) return received.length < end + 4 + Number(length) ? null : { status, body: received.toString('utf8', end + 4) };
  return received.indexOf('0\r\n\r\n', end) === -1 ? null : { status, body: received.toString('utf8', end + 4) };
}
