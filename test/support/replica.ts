import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import type { Api, As } from './api.ts';
import { eventually } from './lemma-client.ts';

/** Another server process on the database and nats-server of an Api: a second replica, which can be killed. */
export interface Replica {
  readonly url: string;
  gql<Data = Record<string, unknown>>(query: string, variables: Record<string, unknown>, as: As): Promise<{ readonly data: Data | null; readonly errors?: readonly { readonly message: string }[] }>;
  socket(as: As): Client;
  /** SIGKILL, and answers when the process is gone. */
  kill(): Promise<void>;
}

const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const probe = createServer();
  probe.once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as { port: number };
    probe.close(() => resolve(port));
  });
});

const cookieOf = (as: As): Record<string, string> => (as === null ? {} : 'cookie' in as ? { cookie: as.cookie } : { authorization: as.authorization });

/** Sessions of the Api hold here too: both were given the same secret. */
export async function startReplica(api: Pick<Api, 'databaseUrl' | 'natsUrl'>, secret: string, environment: Record<string, string> = {}): Promise<Replica> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'lemma-replica-'));
  const [port, grpcPort] = [Number(environment['PORT'] ?? await freePort()), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(process.execPath, ['server/main.ts'], {
    env: { PATH: process.env['PATH'], LEMMA_PAGES_FOLDER: process.env['LEMMA_PAGES_FOLDER'], NODE_ENV: 'test', PORT: String(port), GRPC_PORT: String(grpcPort), DATABASE_URL: api.databaseUrl, NATS_URL: api.natsUrl, LEMMA_DATA: dataFolder, LEMMA_SECRET: secret, LEMMA_PAGES: '0', ...environment } as unknown as NodeJS.ProcessEnv,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
  await eventually(() => fetch(`${url}/readyz`).then((answer) => answer.status, () => 0), (status) => status === 200);
  return {
    url,
    async gql(query, variables, as) {
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...cookieOf(as) }, body: JSON.stringify({ query, variables }) });
      return await response.json() as never;
    },
    socket: (as) => createClient({
      url: `${url.replace('http', 'ws')}/graphql`, lazy: true, retryAttempts: 0,
      webSocketImpl: class extends WebSocket { constructor(address: string | URL, protocols?: string | string[]) { super(address, protocols, { headers: cookieOf(as) }); } },
    }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
