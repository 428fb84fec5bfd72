import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AnsweringLine {
  readonly endpoint: string;
  /** From here on, requests with this method are answered so, and do not reach the server. */
  answer(method: string, status: number, body: string): void;
  /** Once, before the next request with this method reaches the server, this is done. */
  before(method: string, act: () => Promise<unknown>): void;
  /** From here on, everything reaches the server again. */
  pass(): void;
  /** The addresses asked for with this method. */
  asked(method: string): readonly string[];
  stop(): void;
}

/** A line to a server that notes what is asked, and can answer instead of it, as a store would that checks more than its double. */
export async function answeringLine(endpoint: string): Promise<AnsweringLine> {
  const asked: { readonly method: string; readonly url: string }[] = [];
  let first: { readonly method: string; readonly act: () => Promise<unknown> } | null = null;
  let instead: { readonly method: string; readonly status: number; readonly body: string } | null = null;
  const server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', url = '/' } = incoming;
    asked.push({ method, url });
    if (instead?.method === method) {
      incoming.resume();
      response.writeHead(instead.status, { 'content-type': instead.body.startsWith('<') ? 'application/xml' : 'application/json' }).end(instead.body);
      return;
    }
    const act = first?.method === method ? first.act : null;
    if (act) first = null;
    void Promise.resolve(act?.()).then(() => { handOn(incoming, response, endpoint); }, () => response.destroy());
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (method, status, body) => { instead = { method, status, body }; },
    before: (method, act) => { first = { method, act }; },
    pass: () => { instead = null; },
    asked: (method) => asked.filter((one) => one.method === method).map(({ url }) => url),
    stop: () => { server.close(); },
  };
}

function handOn(incoming: IncomingMessage, response: ServerResponse, endpoint: string): void {
  const { hostname, port } = new URL(endpoint);
  const outgoing = request({ hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => response.destroy());
  incoming.pipe(outgoing);
}
