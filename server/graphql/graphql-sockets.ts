import { createSourceEventStream, execute, GraphQLError, parse, validate, specifiedRules, type DocumentNode, type ExecutionArgs, type ExecutionResult, type FormattedExecutionResult, type GraphQLSchema } from 'graphql';
import { CloseCode, type Context as SocketContext } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import type { IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';
import { Refusal } from '../../domain/refusal.ts';
import { authorizationIn } from '../auth/credential.ts';
import type { Context } from '../context.ts';
import { leavable } from '../leavable.ts';
import type { SocketDoor } from '../http/door.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { requireKeepable, requireKeepableDocument } from '../http/keepable.ts';
import { formatError, refusalError, type ReportFailure } from '../schema/refusal.ts';
import { failureReporter, MOST_TOKENS } from './graphql-engine.ts';

export interface GraphqlSocketParts {
  readonly schema: GraphQLSchema;
  /** A fresh context for what this request presents; refuses a credential that does not hold. */
  readonly contextFor: (request: Pick<IncomingMessage, 'headers' | 'socket'>) => Promise<Context>;
  readonly deps: Pick<DoorDeps, 'log' | 'instruments'>;
  /** How soon a socket is closed after its session or token stopped holding, in milliseconds. */
  readonly recheckEveryMs?: number;
}

const PAYLOAD_BYTES = 1_000_000;
type Params = Record<string, unknown> | undefined;
type Socket = SocketContext<Params, Extra & Partial<Record<PropertyKey, never>>>;

/**
 * GraphQL over websockets (graphql-ws) at /graphql. Who connects is asked at the connection, at every operation, before every event of a subscription, and every few seconds:
 * a session or token that ends takes its socket with it. The payload of connection_init stands in for the header that browsers cannot send.
 */
export function graphqlSockets({ schema, contextFor, deps: { log, instruments }, recheckEveryMs = 5000 }: GraphqlSocketParts): SocketDoor {
  const wss = new WebSocketServer({ noServer: true, maxPayload: PAYLOAD_BYTES, handleProtocols: (offered) => (offered.has('graphql-transport-ws') ? 'graphql-transport-ws' : false) });
  const report = failureReporter(log);
  const open = new Set<Socket>();
  const socketOf = new WeakMap<ExecutionArgs, Socket>();

  const contextOf = (socket: Socket): Promise<Context> => contextFor(withAuthorization(socket));
  const closeAsUnknown = (socket: Socket): void => socket.extra.socket.close(CloseCode.Unauthorized, 'The session or token ended');

  async function* freshContexts(socket: Socket, args: ExecutionArgs, events: AsyncIterable<unknown>): AsyncGenerator<ExecutionResult> {
    for await (const event of events) {
      // Rights are those of this moment, and nothing read for an earlier event is used again.
      const contextValue = await stillKnown(socket);
      if (!contextValue) return;
      yield await execute({ ...args, rootValue: event, contextValue });
    }
  }

  /** A fresh context, or null after the socket was closed because its credential ended. */
  async function stillKnown(socket: Socket): Promise<Context | null> {
    try {
      const context = await contextOf(socket);
      if (context.viewer) return context;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    closeAsUnknown(socket);
    return null;
  }

  useServer<Params, Record<PropertyKey, never>>({
    onConnect: async (socket) => {
      if (!(await stillKnown(socket))) return false;
      open.add(socket);
      instruments.sockets.inc({ door: 'graphql' });
      return true;
    },
    onClose: (socket) => { if (open.delete(socket)) instruments.sockets.dec({ door: 'graphql' }); },
    onSubscribe: async (socket, _id, payload): Promise<ExecutionArgs | readonly GraphQLError[]> => {
      try {
        requireKeepable(payload);
        requireKeepableDocument(payload.query);
        const document = parsed(payload.query);
        const invalid = validate(schema, document, specifiedRules);
        if (invalid.length > 0) return invalid.map((error) => asked(error, 'query/invalid'));
        const args: ExecutionArgs = { schema, document, operationName: payload.operationName ?? null, variableValues: payload.variables ?? null, contextValue: await contextOf(socket) };
        socketOf.set(args, socket);
        return args;
      } catch (error) {
        return [error instanceof Refusal ? refusalError(error) : asGraphql(error)];
      }
    },
    subscribe: async (args) => {
      const stream = await createSourceEventStream(args);
      const socket = socketOf.get(args);
      return Symbol.asyncIterator in stream && socket ? whileWanted(stream, () => freshContexts(socket, args, stream)) : stream as ExecutionResult;
    },
    onNext: (...[, , , , result]) => outward(result, report),
    onError: (_socket, _id, _payload, errors) => errors.map((error) => formatError(error.toJSON(), error, report)),
  }, wss);

  const recheck = setInterval(() => { void recheckAll(); }, recheckEveryMs).unref();
  async function recheckAll(): Promise<void> {
    // A database that is away says nothing about the credential: ask again next time.
    for (const socket of open) await stillKnown(socket).catch(() => null);
  }

  return {
    name: 'graphql',
    opens: (path) => path === '/graphql',
    upgrade: (request, socket, head) => wss.handleUpgrade(request, socket, head, (ws) => wss.emit('connection', ws, request)),
    close() {
      clearInterval(recheck);
      // A close handshake that a peer never answers would keep the process; clients reconnect and resume from their cursor.
      for (const client of wss.clients) client.terminate();
    },
  };
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MOST_TOKENS });
  } catch (error) {
    throw error instanceof GraphQLError ? asked(error, 'query/syntax') : error;
  }
}

/** What graphql-js says of a query it cannot run, as a refusal. */
const asked = (error: GraphQLError, reason: string): GraphQLError => new GraphQLError(error.message, { ...(error.nodes ? { nodes: error.nodes } : {}), ...(error.source ? { source: error.source } : {}), ...(error.positions ? { positions: error.positions } : {}), extensions: { code: 'BAD_USER_INPUT', reason } });

/** Who leaves is let go at once, also while nothing happens: the stream of events ends with the answers made from it. */
const whileWanted = (events: AsyncIterable<unknown> & { readonly return?: (value?: unknown) => Promise<unknown> }, answers: () => AsyncGenerator<ExecutionResult>): AsyncGenerator<ExecutionResult> =>
  leavable((leaving) => {
    leaving.addEventListener('abort', () => { void events.return?.(); }, { once: true });
    return answers();
  });

/** The handshake's request, with the authorization that a browser could only send afterwards. */
function withAuthorization(socket: Socket): Pick<IncomingMessage, 'headers' | 'socket'> {
  const { request } = socket.extra;
  const authorization = authorizationIn(socket.connectionParams);
  return { socket: request.socket, headers: authorization === undefined ? request.headers : { ...request.headers, authorization } };
}

const asGraphql = (error: unknown): GraphQLError => (error instanceof GraphQLError ? error : new GraphQLError('The operation could not be read.', error instanceof Error ? { originalError: error } : {}));

interface Outcome { readonly errors?: readonly GraphQLError[] | undefined; readonly data?: Record<string, unknown> | null | undefined }

/** Errors inside a result take the same outward form as over HTTP. */
function outward(result: Outcome, report: ReportFailure): FormattedExecutionResult {
  const { errors, data = null } = result;
  return errors ? { data, errors: errors.map((error) => formatError(error.toJSON(), error, report)) } : { data };
}
