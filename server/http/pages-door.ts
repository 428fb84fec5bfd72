import { Server, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { failureText, sendRefusal } from './answer.ts';
import type { Door, SocketDoor } from './door.ts';

export interface Pages {
  readonly door: Door;
  /** Only in development: how pages hear that their source changed. */
  readonly socketDoor: SocketDoor;
  /** Null when pages can be served, else why not yet. */
  problem(): string | null;
  /** Next's own page for what is not there, with status 404. */
  notFound(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

type UpgradeHandler = SocketDoor['upgrade'];
type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The browser's pages, by Next in this process. Returns at once; pages wait until Next is prepared. */
export function openPages({ dev, port, log }: { readonly dev: boolean; readonly port: number; readonly log: Logger }): Pages {
  // Next attaches its own upgrade listener to the server it is given, which would answer our sockets too: it gets one that hears nothing.
  const decoy = new Server();
  let problem: string | null = 'starting';
  const prepared = (async () => {
    const { default: next } = await import('next');
    const app = next({ dev, dir: process.cwd(), port, hostname: 'localhost', httpServer: decoy, quiet: true });
    await app.prepare();
    const handle: NextHandler = app.getRequestHandler();
    // Not in Next's types. The listener it attaches is only there from the first page on, and a page that was open before a restart asks for none.
    const { upgradeHandler } = app as unknown as { readonly upgradeHandler: UpgradeHandler };
    problem = null;
    return { app, handle, upgradeHandler };
  })();
  prepared.catch((error: unknown) => {
    problem = 'the pages could not be prepared; see the log';
    log.error({ err: error }, problem);
  });

  const serve: NextHandler = async (request, response) => (await prepared).handle(request, response);
  return {
    problem: () => problem,
    door: { name: 'pages', opens: () => true, handle: serve, refuse: sendRefusal, fail: sendFailurePage },
    socketDoor: {
      name: 'pages',
      opens: (path) => dev && path.startsWith('/_next/'),
      upgrade: (request, socket, head) => { prepared.then(({ upgradeHandler }) => upgradeHandler(request, socket, head)).catch(() => socket.destroy()); },
      close: () => {}, // Next keeps its sockets to itself.
    },
    notFound(request, response) {
      // No route has this name, so Next answers with its page for what is not there, and 404.
      request.url = '/_not-found';
      return serve(request, response);
    },
    async close() {
      await (await prepared.catch(() => null))?.app.close();
    },
  };
}

function sendFailurePage(reference: string, response: ServerResponse): void {
  if (response.headersSent) { response.end(); return; }
  response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(failureText(reference));
}
