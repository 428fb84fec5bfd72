import { resolve } from 'node:path';
import { z } from 'zod';
import { AZURE_STORAGE_SETTINGS, type AzureStorageSettings } from '../contracts/azure-storage-settings.ts';
import { UPKEEP_SETTINGS } from '../contracts/upkeep-settings.ts';

export const ROLES = ['outbox', 'analysis', 'notify', 'upkeep', 'demo'] as const;
export type Role = (typeof ROLES)[number];

const Env = z.object({
  DATABASE_URL: z.string().min(1),
  NATS_URL: z.string().min(1),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().default(3000),
  LEMMA_URL: z.url().optional(),
  LEMMA_PUBLIC_URL: z.url().optional(),
  LEMMA_AUTH: z.enum(['local', 'required']).optional(),
  SMTP_URL: z.string().optional(),
  PATH: z.string().default('/usr/bin:/bin'),
  LEMMA_DATA: z.string().min(1).default('.lemma'),
  ARTIFACT_URL: z.string().optional(),
  ...UPKEEP_SETTINGS,
  ...AZURE_STORAGE_SETTINGS,
});

export interface WorkersEnv {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** Where the server answers, for work that comes in through the public API. */
  readonly serverUrl: string;
  /** What links in messages begin with, without a slash at the end. */
  readonly publicUrl: string;
  /** Null where nothing can be mailed. */
  readonly smtpUrl: string | null;
  /** True where every caller on this machine is trusted anyway: webhooks may then post to it. */
  readonly local: boolean;
  /** Where executables are looked up. */
  readonly path: string;
  /** The size at which a partition of metric points gives way to the next. */
  readonly metricPartitionBytes: number;
  /** For how many days what was deleted can be restored; null: for ever. */
  readonly keepDeletedDays: number | null;
  /** file: and a folder, or s3:, gs: or az: and a bucket. */
  readonly artifactUrl: string;
  /** How an az: bucket is reached. */
  readonly azureStorage: AzureStorageSettings;
  /** Those named on the command line, or all. */
  readonly roles: readonly Role[];
}

export class EnvProblem extends Error { override readonly name = 'EnvProblem' }

/** Fails with one sentence a person can act on. */
export function readEnv(named: readonly string[], source: NodeJS.ProcessEnv = process.env): WorkersEnv {
  const parsed = Env.safeParse(Object.fromEntries(Object.entries(source).filter(([, value]) => value !== '')));
  if (!parsed.success) throw new EnvProblem(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  const unknown = named.filter((name) => !ROLES.some((role) => role === name));
  if (unknown.length > 0) throw new EnvProblem(`There is no worker called ${unknown.join(', ')}; there are ${ROLES.join(', ')}.`);
  return {
    databaseUrl: parsed.data.DATABASE_URL,
    natsUrl: parsed.data.NATS_URL,
    serverUrl: parsed.data.LEMMA_URL ?? `http://${parsed.data.HOST}:${parsed.data.PORT}`,
    publicUrl: (parsed.data.LEMMA_PUBLIC_URL ?? parsed.data.LEMMA_URL ?? `http://${parsed.data.HOST}:${parsed.data.PORT}`).replace(/\/+$/, ''),
    smtpUrl: parsed.data.SMTP_URL ?? null,
    local: (parsed.data.LEMMA_AUTH ?? 'local') === 'local' && ['127.0.0.1', '::1', 'localhost'].includes(parsed.data.HOST),
    path: parsed.data.PATH,
    keepDeletedDays: parsed.data.LEMMA_KEEP_DELETED_DAYS,
    artifactUrl: parsed.data.ARTIFACT_URL ?? `file:${resolve(parsed.data.LEMMA_DATA)}/artifacts`,
    azureStorage: parsed.data,
    metricPartitionBytes: parsed.data.LEMMA_METRIC_PARTITION_GIB * 2 ** 30,
    roles: named.length === 0 ? ROLES : ROLES.filter((role) => named.includes(role)),
  };
}
