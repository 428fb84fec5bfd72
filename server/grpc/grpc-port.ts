import { createServer, type Http2ServerRequest, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createContextValues, type Interceptor } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { Ingest } from '../../generated/proto/lemma/v1/ingest_pb.js';
import type { DoorDeps } from '../http/door-deps.ts';
import { MOST_BYTES } from '../ingest/given-batch.ts';
import { ASKING, type Asking } from './asking.ts';
import { asGrpcProblem } from './grpc-answer.ts';
import { ingestService } from './ingest-service.ts';

/** Streams a connection may have open; a client that wants more opens another connection by itself. */
const MOST_STREAMS = 256;

export interface GrpcPort {
  readonly port: number;
  /** Lets calls in flight end within the patience, then hangs up. */
  drain(patienceInMs: number): Promise<void>;
}

/** gRPC on a port of its own: HTTP/2 without TLS, as browsers speak none and a proxy in front adds it. `guard` refuses what no door may see. */
export async function openGrpcPort(deps: DoorDeps, guard: (request: Asking) => void): Promise<GrpcPort> {
  const guarded: Interceptor = (next) => async (call) => {
    try {
      const asking = call.contextValues.get(ASKING);
      if (asking) guard(asking);
      return await next(call);
    } catch (error) {
      throw asGrpcProblem(error, deps.log);
    }
  };
  const answer = connectNodeAdapter({
    routes: (router) => { router.service(Ingest, ingestService(deps)); },
    interceptors: [guarded],
    contextValues: (request) => createContextValues().set(ASKING, askingOf(request as Http2ServerRequest)),
    readMaxBytes: MOST_BYTES,
    connect: false,
    grpcWeb: false,
  });
  const server = createServer({ settings: { maxConcurrentStreams: MOST_STREAMS } }, answer);
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    // A client that vanished is none of our failures.
    session.on('error', () => {});
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(deps.env.grpcPort, deps.env.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    async drain(patienceInMs) {
      const closed = new Promise<void>((resolve) => { server.close(() => { resolve(); }); });
      for (const session of sessions) session.close();
      const impatient = setTimeout(() => { for (const session of sessions) session.destroy(); }, patienceInMs);
      await closed;
      clearTimeout(impatient);
    },
  };
}

/** HTTP/2 says in ":authority" what HTTP/1 says in "host". */
const askingOf = ({ headers, socket }: Http2ServerRequest): Asking => ({ headers: { ...headers, host: headers[':authority'] ?? headers.host }, socket });
