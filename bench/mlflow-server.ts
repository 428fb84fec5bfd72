import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from '../scripts/launch/free-port.ts';
import { startProgram, type Program } from './program.ts';

export type MlflowBackend = 'sqlite' | { readonly postgresUrl: string };

/** The peer: `mlflow server` with its defaults, on SQLite or on a Postgres. */
export async function startMlflowServer(python: string, backend: MlflowBackend): Promise<Program> {
  if (backend !== 'sqlite') installDriver(python);
  const folder = mkdtempSync(join(tmpdir(), 'bench-mlflow-'));
  const port = await freePort();
  const store = backend === 'sqlite' ? `sqlite:///${folder}/mlflow.db` : backend.postgresUrl.replace(/^postgresql:/, 'postgresql+psycopg2:');
  return startProgram({
    command: python,
    args: ['-m', 'mlflow', 'server', '--backend-store-uri', store, '--artifacts-destination', join(folder, 'artifacts'), '--host', '127.0.0.1', '--port', String(port)],
    env: { PATH: `${dirname(python)}:${process.env['PATH'] ?? ''}`, MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' },
    url: `http://127.0.0.1:${port}`,
    readyPath: '/health',
  });
}

/** mlflow brings no driver for Postgres. */
export function installDriver(python: string): void {
  try {
    execFileSync(python, ['-c', 'import psycopg2'], { stdio: 'ignore' });
  } catch {
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'psycopg2-binary==2.9.13']);
  }
}

export const mlflowVersion = (python: string): string => execFileSync(python, ['-c', 'import mlflow; print(mlflow.__version__)'], { encoding: 'utf8' }).trim();
