import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { askForDemoOnce } from '../operations/demo/ask-for-demo-once.ts';
import { announceSessionsEnded } from '../operations/people/announce-sessions-ended.ts';
import { firstStart } from '../operations/start/first-start.ts';
import type { Adapters } from './adapters.ts';
import { makeAccounts } from './auth/accounts.ts';
import { authDoor } from './auth/auth-door.ts';
import { makeViewerFor } from './auth/viewer-for.ts';
import { collabDoor } from './collab/collab-door.ts';
import type { Context } from './context.ts';
import { tellPages, type ServerEnv } from './env.ts';
import { graphqlDoor } from './graphql/graphql-door.ts';
import { startGraphqlEngine } from './graphql/graphql-engine.ts';
import { graphqlSockets } from './graphql/graphql-sockets.ts';
import { openGrpcPort } from './grpc/grpc-port.ts';
import { sendJson } from './http/answer.ts';
import { clientAddress } from './http/client-address.ts';
import { dispatcher } from './http/dispatcher.ts';
import type { Door } from './http/door.ts';
import type { DoorDeps } from './http/door-deps.ts';
import { drainable } from './http/drain.ts';
import { healthDoor } from './http/health-door.ts';
import { makeInstruments } from './http/instruments.ts';
import { guardLocal, guardOrigin } from './http/local-guard.ts';
import { openPages } from './http/pages-door.ts';
import { answerUnreadable } from './http/unreadable.ts';
import { HeldBytes } from './ingest/held-bytes.ts';
import { mlflowDoor } from './mlflow/mlflow-door.ts';
import { noteDoor } from './notes/note-door.ts';
import { RequestContext } from './request-context.ts';
import { RunGate } from './run-gate.ts';
import { restDoor } from './rest/rest-door.ts';
import { schema } from './schema/schema.ts';
import { shareDoor } from './share/share-door.ts';
import { shareGate } from './share/share-gate.ts';

export interface RunningServer {
  readonly url: string;
  /** Host and port of gRPC. */
  readonly grpcAddress: string;
  /** Finishes what is being answered, then closes doors and adapters. */
  stop(): Promise<void>;
}

/** How long requests in flight may take to end when the server stops, in milliseconds. */
const DRAIN_MS = 3000;

/** Every door on one port. Answers 503 from the first moment, so that clients of a restarting server wait instead of failing. */
export async function startServer(given: ServerEnv, adapters: Adapters, log: Logger): Promise<RunningServer> {
  const http = createServer({ requestTimeout: 0, headersTimeout: 60_000, keepAliveTimeout: 65_000 }, (_request, response) => {
    response.setHeader('retry-after', '1');
    sendJson(response, 503, { error: { code: 'UNAVAILABLE', reason: 'server/starting', message: 'Lemma is starting. Try again in a moment.' } });
  });
  http.on('clientError', answerUnreadable);
  const drain = drainable(http);
  const port = await listen(http, given);
  const env: ServerEnv = given.port === port ? given : { ...given, port, publicUrl: given.publicUrl.replace(`:${given.port}`, `:${port}`) };

  const { localOwner } = await firstStart(adapters.ports, env.auth);
  if (env.loadDemo && !(await loadDemo(adapters, localOwner?.id ?? null))) log.info('LEMMA_DEMO=1: the demo is loaded once the first account is made; open Lemma and sign up');
  const instruments = makeInstruments();
  const accounts = makeAccounts({ prisma: adapters.prisma, ports: adapters.ports, env, log });
  const viewerFor = makeViewerFor({ reader: adapters.reader, accounts, ports: adapters.ports, env, localOwnerId: localOwner?.id ?? null });
  const gate = new RunGate(adapters.reader, () => adapters.ports.clock.now().getTime());
  const deps: DoorDeps = { ...adapters, env, log, viewerFor, addressOf: clientAddress(env.trustedProxies), gate, held: new HeldBytes(), instruments };
  const contextFor = (...asking: Parameters<typeof viewerFor>): Promise<Context> => RequestContext.for(deps, ...asking);
  const engine = await startGraphqlEngine({ schema, log, instruments });
  tellPages(env);
  const pages = env.pages ? openPages({ dev: env.dev, port, log }) : null;
  const sockets = graphqlSockets({ schema, contextFor, deps });

  const guard = guardOf(env);
  const grpc = await openGrpcPort(deps, guard);

  let stopping = false;
  const readiness = async () => ({ ...(await adapters.readiness()), pages: pages?.problem() ?? null });
  const doors: Door[] = [
    healthDoor({ readiness, instruments, draining: () => stopping }),
    graphqlDoor({ engine, contextFor }),
    authDoor({ accounts, clock: adapters.ports.clock, addressOf: deps.addressOf, publicUrl: env.publicUrl, sessionsEnded: (personId) => announceSessionsEnded(adapters.ports, personId) }),
    mlflowDoor(deps),
    shareDoor(deps),
    noteDoor(deps),
    restDoor(deps),
    ...(pages ? [shareGate(deps, { page: pages.door, notFound: pages.notFound }), pages.door] : []),
  ];
  const { request, upgrade, closeSockets } = dispatcher({ doors, socketDoors: [sockets, collabDoor({ deps }), ...(pages ? [pages.socketDoor] : [])], guard, instruments, log });
  http.removeAllListeners('request').on('request', request).on('upgrade', upgrade);

  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    closeSockets();
    await Promise.all([drain(DRAIN_MS), grpc.drain(DRAIN_MS)]);
    await engine.stop();
    await pages?.close();
    await adapters.close();
  }

  return { url: env.publicUrl, grpcAddress: `${env.host.includes(':') ? `[${env.host}]` : env.host}:${grpc.port}`, stop };
}

/** In the owner's name. False where accounts are required and nobody has signed up yet: who does first sets it off (server/auth/accounts.ts). */
async function loadDemo({ ports, reader }: Adapters, localOwnerId: string | null): Promise<boolean> {
  const ownerId = localOwnerId ?? (await reader.person.findFirst({ where: { organizationRole: 'OWNER', disabledAt: null }, orderBy: { createdAt: 'asc' } }))?.id;
  if (ownerId !== undefined) await askForDemoOnce(ports, ownerId);
  return ownerId !== undefined;
}

function guardOf(env: ServerEnv): (request: Pick<IncomingMessage, 'headers' | 'socket'>) => void {
  return env.auth === 'local' ? guardLocal : (request) => guardOrigin(request, env.publicUrl);
}

function listen(http: Server, { host, port }: ServerEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve((http.address() as AddressInfo).port);
    });
  });
}
