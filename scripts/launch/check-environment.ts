import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './repository.ts';
import { SettingsProblem, type LaunchSettings } from './settings.ts';

/** What server/check-environment.ts ends with when a variable is wrong. */
const WRONG = 78;

/** Has the server's own parser look at the environment, in a process of its own: the launcher knows no door. What it brings itself is filled in. */
export async function refuseBadEnvironment({ env, databaseUrl, natsUrl }: Pick<LaunchSettings, 'env' | 'databaseUrl' | 'natsUrl'>, leave?: AbortSignal): Promise<void> {
  const whole = {
    ...env,
    NODE_COMPILE_CACHE: join(REPOSITORY, '.cache', 'node'),
    DATABASE_URL: databaseUrl ?? 'postgresql://brought.by/us',
    NATS_URL: natsUrl ?? 'nats://brought.by.us',
    LEMMA_SECRET: env['LEMMA_SECRET'] || 'made and kept under the data folder',
  };
  const { code, said } = await new Promise<{ readonly code: unknown; readonly said: string }>((resolve) => {
    execFile(process.execPath, [join(REPOSITORY, 'server', 'check-environment.ts')], { cwd: REPOSITORY, env: whole as unknown as NodeJS.ProcessEnv, ...(leave ? { signal: leave } : {}) }, (error, _, stderr) => {
      resolve({ code: error?.code ?? 0, said: stderr.trim() });
    });
  });
  leave?.throwIfAborted();
  if (code === 0) return;
  throw new SettingsProblem(code === WRONG ? `${said} Nothing was started.` : `The environment could not be looked at: ${said}`);
}

/** The sentence a door left its log with, where it ended for a reason it could say plainly; null where it only left a trace. */
export function partingWords(logFile: string): string | null {
  try {
    const last: unknown = JSON.parse(existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n').at(-1) ?? '' : '');
    const { level, msg, err } = last as { readonly level?: unknown; readonly msg?: unknown; readonly err?: unknown };
    return level === FATAL && err === undefined && typeof msg === 'string' ? msg : null;
  } catch {
    return null;
  }
}

/** pino's. */
const FATAL = 60;
