import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Client } from 'graphql-ws';
import { pino } from 'pino';
import WebSocket from 'ws';
import { natsCourier } from '../../adapters/nats/courier.ts';
import { openNats } from '../../adapters/nats/connection.ts';
import { ensureStreams } from '../../adapters/nats/streams.ts';
import { openDatabase } from '../../adapters/postgres/client.ts';
import { postgresOutboxQueue } from '../../adapters/postgres/outbox-queue.ts';
import type { Adapters } from '../../server/adapters.ts';
import { readEnv } from '../../server/env.ts';
import { openAdapters } from '../../server/main.ts';
import { startServer } from '../../server/start.ts';
import { relayOutbox } from '../../workers/outbox/relay.ts';
import { freshDatabase } from './fresh-database.ts';
import { freshNats } from './fresh-nats.ts';

/** Somebody who signed up. Pass one as the last argument of `gql` to ask as them. */
export interface TestPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** The `cookie` header of their browser. */
  readonly cookie: string;
}

/** A credential: a person's session, a raw header, or nobody's. */
export type As = TestPerson | { readonly authorization: string } | null;

export interface GraphqlAnswer<Data> {
  readonly status: number;
  readonly data: Data | null;
  readonly errors: readonly { readonly message: string; readonly path?: readonly (string | number)[]; readonly extensions: { readonly code: string; readonly reason: string; readonly [more: string]: unknown } }[];
}

/** A server without pages on a database and a nats-server of its own, with the outbox relay but no other worker. */
export interface Api {
  readonly url: string;
  readonly grpcAddress: string;
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly adapters: Adapters;
  /** What the server logged, one object a line. */
  readonly logged: readonly Record<string, unknown>[];
  /** The answer as it came, refused or not. */
  gql<Data = Record<string, unknown>>(query: string, variables?: Record<string, unknown>, as?: As): Promise<GraphqlAnswer<Data>>;
  /** The data; fails with the server's words when there is any error. */
  ok<Data = Record<string, unknown>>(query: string, variables?: Record<string, unknown>, as?: As): Promise<Data>;
  /** The reason of the refusal ("review/own-work"); fails when it was not refused. */
  refusal(query: string, variables?: Record<string, unknown>, as?: As): Promise<string>;
  signUp(name: string, more?: Record<string, unknown>): Promise<TestPerson>;
  /** A new API token of the person: what goes behind "Bearer ". */
  token(as: As, name?: string): Promise<string>;
  fetch(path: string, init?: RequestInit & { readonly as?: As }): Promise<Response>;
  /** A graphql-ws client; dispose of it at the end. */
  socket(as?: As): Client;
  /** The answers of a subscription; ends when the loop is left. */
  subscribe<Data>(query: string, variables: Record<string, unknown>, as?: As): AsyncIterableIterator<Data>;
  stop(): Promise<void>;
}

export const SECRET = 'a secret of tests, which is long enough for everything';

/** `startApi({ LEMMA_AUTH: 'required' })`: see DESIGN.md section 3 for the names. */
export async function startApi(environment: Record<string, string> = {}): Promise<Api> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'lemma-api-'));
  const [database, nats] = await Promise.all([freshDatabase(), freshNats()]);
  const env = readEnv({ NODE_ENV: 'test', PORT: '0', DATABASE_URL: database.url, NATS_URL: nats.url, LEMMA_DATA: dataFolder, LEMMA_SECRET: SECRET, LEMMA_PAGES: '0', ...environment });
  const logged: Record<string, unknown>[] = [];
  const log = pino({ base: null, level: 'info' }, { write: (line: string) => { logged.push(JSON.parse(line) as Record<string, unknown>); } });
  const adapters = await openAdapters(env);
  const relay = await startRelay(database.url, nats.url);
  const server = await startServer(env, adapters, log);

  const fetchAs: Api['fetch'] = (path, { as = null, ...init } = {}) => fetch(server.url + path, { redirect: 'manual', ...init, headers: { ...headersOf(as), ...(init.headers as Record<string, string> | undefined) } });

  const gql: Api['gql'] = async <Data>(query: string, variables: Record<string, unknown> = {}, as: As = null) => {
    const response = await fetchAs('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }), as });
    const { data = null, errors = [] } = await response.json() as { data?: Data; errors?: GraphqlAnswer<Data>['errors'] };
    return { status: response.status, data, errors };
  };

  const ok: Api['ok'] = async <Data>(query: string, variables?: Record<string, unknown>, as?: As) => {
    const { data, errors } = await gql<Data>(query, variables, as);
    if (errors.length > 0 || !data) throw new Error(`the server refused: ${errors.map((error) => `${error.message} (${error.extensions.reason})`).join('; ')}`);
    return data;
  };

  const socket: Api['socket'] = (as = null) => createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: socketWith(headersOf(as)), lazy: true, retryAttempts: 0 });

  return {
    url: server.url, grpcAddress: server.grpcAddress, databaseUrl: database.url, natsUrl: nats.url, adapters, logged, fetch: fetchAs, gql, ok, socket,
    async refusal(query, variables, as) {
      const { errors, data } = await gql(query, variables, as);
      const reason = errors[0]?.extensions.reason;
      if (reason === undefined) throw new Error(`it was not refused: ${JSON.stringify(data)}`);
      return reason;
    },
    async signUp(name, more = {}) {
      const email = `${name.toLowerCase().replace(/\W+/g, '.')}@example.org`;
      const password = `the password of ${name}`;
      const response = await fetchAs('/api/auth/sign-up/email', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, email, password, ...more }) });
      if (!response.ok) throw new Error(`sign-up answered ${response.status}: ${await response.text()}`);
      return { name, email: typeof more['email'] === 'string' ? more['email'] : email, password, cookie: response.headers.getSetCookie().map((each) => each.split(';', 1)[0]).join('; ') };
    },
    async token(as, name = 'test') {
      const { createToken } = await ok<{ createToken: { secret: string } }>('mutation($name: String!) { createToken(input: { name: $name }) { secret } }', { name }, as);
      return createToken.secret;
    },
    async *subscribe<Data>(query: string, variables: Record<string, unknown>, as: As = null) {
      const client = socket(as);
      try {
        for await (const { data, errors } of client.iterate<Data>({ query, variables })) {
          if (errors || !data) throw new Error(`the subscription failed: ${JSON.stringify(errors)}`);
          yield data;
        }
      } finally {
        await client.dispose();
      }
    },
    async stop() {
      await server.stop();
      await relay.stop();
      await nats.stop();
      await database.drop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

const headersOf = (as: As): Record<string, string> => {
  if (!as) return {};
  return 'cookie' in as ? { cookie: as.cookie } : { authorization: as.authorization };
};

/** `ws` can send headers with the handshake, as a browser sends its cookie. */
function socketWith(headers: Record<string, string>): unknown {
  return class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) { super(address, protocols, { headers }); }
  };
}

async function startRelay(databaseUrl: string, natsUrl: string): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const database = openDatabase(databaseUrl, 3);
  const nats = await openNats(natsUrl, 'lemma-test-relay');
  await ensureStreams(nats);
  const running = relayOutbox({ outbox: postgresOutboxQueue(database.pool), courier: natsCourier(nats), log: pino({ level: 'silent' }) }, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await running;
      await nats.close();
      await database.close();
    },
  };
}
