import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';

/** The Python that has the mlflow package; scripts/test.mjs makes it. */
export function pythonWithMlflow(): string {
  const python = env['LEMMA_PYTHON'];
  if (!python) throw new Error('LEMMA_PYTHON must name a Python with test/interop/requirements.txt installed; `npm test` makes one.');
  return python;
}

/** The real thing, on SQLite in a folder of its own. */
export interface MlflowServer {
  readonly url: string;
  /** Holds mlflow.db, and files in artifacts. */
  readonly folder: string;
  stop(): Promise<void>;
}

export async function startMlflowServer(): Promise<MlflowServer> {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-server-'));
  const port = await freePort();
  const child = spawn(pythonWithMlflow(), ['-m', 'mlflow', 'server', '--backend-store-uri', 'sqlite:///mlflow.db', '--artifacts-destination', './artifacts', '--port', String(port), '--workers', '1'], {
    cwd: folder, detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: { ...env, MLFLOW_DISABLE_TELEMETRY: 'true', MLFLOW_TRACKING_URI: '' },
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => { said = (said + part.toString()).slice(-4000); });
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilHealthy(url, child, () => said);
  } catch (error) {
    killGroup(child);
    throw error;
  }
  return {
    url,
    folder,
    async stop() {
      const gone = new Promise((resolve) => { child.once('exit', resolve); });
      killGroup(child);
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server starts workers of its own, which share its process group. */
function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

async function untilHealthy(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`mlflow server ended at once: ${said()}`);
    const healthy = await fetch(`${url}/health`).then((response) => response.ok, () => false);
    if (healthy) return;
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
  throw new Error(`mlflow server did not become healthy: ${said()}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => { resolve(typeof address === 'object' && address ? address.port : 0); });
    });
  });
}
