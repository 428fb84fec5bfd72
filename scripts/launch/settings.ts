import { resolve } from 'node:path';
import type { Environment } from './child.ts';
import { REPOSITORY } from './repository.ts';

/** What the launcher is asked to bring up. See DESIGN.md section 3 for the names of the variables. */
export interface LaunchSettings {
  readonly host: string;
  readonly port: number;
  /** Null: the one behind `port`, or any other where that is taken. */
  readonly grpcPort: number | null;
  /** Absolute. */
  readonly dataFolder: string;
  /** Null: bring a Postgres of our own. */
  readonly databaseUrl: string | null;
  /** Null: bring a nats-server of our own. */
  readonly natsUrl: string | null;
  readonly dev: boolean;
  /** False only in tests that open no page. */
  readonly pages: boolean;
  /** False only in tests: commits then survive a killed process, but not a machine that loses power. */
  readonly durable: boolean;
  /** Passed on to the server and the workers. */
  readonly env: Environment;
}

export class SettingsProblem extends Error {
  override readonly name = 'SettingsProblem';
}

export function readSettings(env: Environment, from: string = REPOSITORY): LaunchSettings {
  return {
    host: env['HOST'] || '127.0.0.1',
    port: portFrom(env, 'PORT') ?? 3000,
    grpcPort: portFrom(env, 'GRPC_PORT'),
    dataFolder: resolve(from, env['LEMMA_DATA'] || '.lemma'),
    databaseUrl: env['DATABASE_URL'] || null,
    natsUrl: env['NATS_URL'] || null,
    dev: env['LEMMA_DEV'] === '1',
    pages: env['LEMMA_PAGES'] !== '0',
    durable: true,
    env,
  };
}

function portFrom(env: Environment, name: 'PORT' | 'GRPC_PORT'): number | null {
  if (!env[name]) return null;
  const port = Number(env[name]);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new SettingsProblem(`${name} must be a number from 0 to 65535; it is "${env[name]}".`);
  return port;
}
