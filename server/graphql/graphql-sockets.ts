import { createSourceEventStream, execute, GraphQLError, parse, validate, specifiedRules, type DocumentNode, type ExecutionArgs, type ExecutionResult, type FormattedExecutionResult, type GraphQLSchema } from 'graphql';
import { CloseCode, MessageType, type Context as SocketContext } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import type { IncomingMessage } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { Refusal } from '../../domain/refusal.ts';
import { authorizationIn } from '../auth/credential.ts';
import { KnownSession } from '../auth/known-session.ts';
import type { Context } from '../context.ts';
import { leavable } from '../leavable.ts';
import type { SocketDoor } from '../http/door.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { requireKeepable, requireKeepableDocument } from '../http/keepable.ts';
import { formatError, refusalError, type ReportFailure } from '../schema/refusal.ts';
import { SharedEvent } from '../shared-event.ts';
import { failureReporter, MOST_TOKENS } from './graphql-engine.ts';
import { questionOf, SharedAnswers } from './shared-answers.ts';

export interface GraphqlSocketParts {
  readonly schema: GraphQLSchema;
  /** A fresh context for what this request presents; refuses a credential that does not hold. */
  readonly contextFor: (request: Pick<IncomingMessage, 'headers' | 'socket'>, known?: KnownSession) => Promise<Context>;
  readonly deps: Pick<DoorDeps, 'log' | 'instruments' | 'changes'>;
  /** How soon a socket is closed after its session or token ran out by the clock, in milliseconds; and how long its session is believed. */
  readonly recheckEveryMs?: number;
}

const PAYLOAD_BYTES = 1_000_000;
type Params = Record<string, unknown> | undefined;
type Socket = SocketContext<Params, Extra & Partial<Record<PropertyKey, never>>>;

/** A subscription of a socket. */
interface Subscription {
  readonly socket: Socket;
  /** The client's own name for it. */
  readonly id: string;
  /** See questionOf. */
  readonly question: string;
  readonly args: ExecutionArgs;
}

/**
 * GraphQL over websockets (graphql-ws) at /graphql. Who connects is asked at the connection, at every operation, before every event of a subscription, every few seconds,
 * and at once when a session, a token or the account of its person ends, which takes its socket with it. Between events, that a session holds is believed for those few seconds; its person's rights are read for each. The payload of connection_init stands in for the header that browsers cannot send.
 */
export function graphqlSockets({ schema, contextFor, deps: { log, instruments, changes }, recheckEveryMs = 5000 }: GraphqlSocketParts): SocketDoor {
  const wss = new WebSocketServer({ noServer: true, maxPayload: PAYLOAD_BYTES, handleProtocols: (offered) => (offered.has('graphql-transport-ws') ? 'graphql-transport-ws' : false) });
  const report = failureReporter(log);
  const open = new Map<Socket, KnownSession>();
  const subscriptions = new WeakMap<ExecutionArgs, Subscription>();
  const shared = new SharedAnswers((result) => outward(result, report));

  const contextOf = (socket: Socket, known?: KnownSession): Promise<Context> => contextFor(withAuthorization(socket), known);
  const closeAsUnknown = (socket: Socket): void => socket.extra.socket.close(CloseCode.Unauthorized, 'The session or token ended');

  async function* freshContexts(subscription: Subscription, events: AsyncIterable<unknown>): AsyncGenerator<ExecutionResult> {
    for await (const event of events) {
      // Rights are those of this moment, and nothing read for an earlier event is used again.
      const contextValue = await stillKnown(subscription.socket);
      if (!contextValue) return;
      if (!(event instanceof SharedEvent)) yield await execute({ ...subscription.args, rootValue: event, contextValue });
      else if (!(yield* sharedAnswer(subscription, event, contextValue))) return;
    }
  }

  /** Sends what was written once for many past graphql-ws, which would write it again for each; yields only a refusal, and returns whether more is to be told. */
  async function* sharedAnswer({ socket, id, question, args }: Subscription, event: SharedEvent<object>, contextValue: Context): AsyncGenerator<ExecutionResult, boolean> {
    try {
      if (!(await event.admit(contextValue))) return false;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      yield { data: null, errors: [refusalError(error)] };
      return true;
    }
    const answer = await shared.to(event, `${event.audience(contextValue)} ${question}`, { ...args, contextValue });
    await sent(socket.extra.socket, `{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":${answer}}`);
    return true;
  }

  /** A fresh context, or null after the socket was closed because its credential ended. */
  async function stillKnown(socket: Socket): Promise<Context | null> {
    try {
      const context = await contextOf(socket, open.get(socket));
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
      open.set(socket, new KnownSession(recheckEveryMs));
      instruments.sockets.inc({ door: 'graphql' });
      return true;
    },
    onClose: (socket) => { if (open.delete(socket)) instruments.sockets.dec({ door: 'graphql' }); },
    onSubscribe: async (socket, id, payload): Promise<ExecutionArgs | readonly GraphQLError[]> => {
      try {
        requireKeepable(payload);
        requireKeepableDocument(payload.query);
        const document = parsed(payload.query);
        const invalid = validate(schema, document, specifiedRules);
        if (invalid.length > 0) return invalid.map((error) => asked(error, 'query/invalid'));
        const args: ExecutionArgs = { schema, document, operationName: payload.operationName ?? null, variableValues: payload.variables ?? null, contextValue: await contextOf(socket) };
        subscriptions.set(args, { socket, id, question: questionOf(document, payload), args });
        return args;
      } catch (error) {
        return [error instanceof Refusal ? refusalError(error) : asGraphql(error)];
      }
    },
    subscribe: async (args) => {
      const stream = await createSourceEventStream(args);
      const subscription = subscriptions.get(args);
      return Symbol.asyncIterator in stream && subscription ? whileWanted(stream, () => freshContexts(subscription, stream)) : stream as ExecutionResult;
    },
    onNext: (...[, , , , result]) => outward(result, report),
    onError: (_socket, _id, _payload, errors) => errors.map((error) => formatError(error.toJSON(), error, report)),
  }, wss);

  const recheck = setInterval(() => { void recheckThose(() => true); }, recheckEveryMs).unref();
  async function recheckThose(concerned: (known: KnownSession) => boolean): Promise<void> {
    for (const [socket, known] of open) {
      if (!concerned(known)) continue;
      known.forget();
      // A database that is away says nothing about the credential: ask again next time.
      await stillKnown(socket).catch(() => null);
    }
  }
  const stopping = new AbortController();
  async function hearEndings(): Promise<void> {
    for await (const { id } of changes.subscribe(({ noun }) => noun === 'person', stopping.signal)) void recheckThose((known) => known.mayBeOf(id));
  }
  void hearEndings();

  return {
    name: 'graphql',
    opens: (path) => path === '/graphql',
    upgrade: (request, socket, head) => wss.handleUpgrade(request, socket, head, (ws) => wss.emit('connection', ws, request)),
    close() {
      clearInterval(recheck);
      stopping.abort();
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

/** Resolves when the socket took it: a slow reader waits for itself alone. */
const sent = (socket: WebSocket, text: string): Promise<void> => new Promise((resolve, reject) => {
  if (socket.readyState !== socket.OPEN) resolve();
  else socket.send(text, (error) => { if (error) reject(error); else resolve(); });
});

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
