import { resolve } from 'node:path';
import { z } from 'zod';
import { AZURE_STORAGE_SETTINGS, type AzureStorageSettings } from '../contracts/azure-storage-settings.ts';
import { UPKEEP_SETTINGS } from '../contracts/upkeep-settings.ts';
import { areProxies } from './http/client-address.ts';
import { pagesWord } from './share/pages-word.ts';

/** What is wrong with a variable, said after its name. */
const port = () => z.coerce.number({ error: NO_PORT }).int({ error: NO_PORT }).min(0, { error: NO_PORT }).max(65_535, { error: NO_PORT });
const NO_PORT = 'must be a number from 0 to 65535';
const given = () => z.string({ error: 'is not set' });
const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) => z.enum(values, { error: ({ input }) => `must be ${values.join(' or ')}; it is "${String(input)}"` });
const url = (protocol: RegExp, such: string) => z.url({ protocol, error: `must be an address such as ${such}` });
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

const Env = z.object({
  PORT: port().default(3000),
  GRPC_PORT: port().optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  LEMMA_DATA: z.string().min(1).default('.lemma'),
  DATABASE_URL: given().pipe(url(/^postgres(ql)?$/, 'postgresql://user:password@host/database')),
  NATS_URL: given(),
  ARTIFACT_URL: z.string().regex(/^(file:.|(s3|gs|az):\/\/[^/])/i, { error: 'must name a folder or a bucket, such as file:/srv/lemma/artifacts or s3://bucket/folder. Leave it unset to keep them under LEMMA_DATA' }).optional(),
  LEMMA_AUTH: oneOf(['local', 'required']).optional(),
  LEMMA_SIGN_UP: oneOf(['open', 'invited']).optional(),
  LEMMA_PUBLIC_URL: url(/^https?$/, 'https://lemma.example').optional(),
  LEMMA_TRUSTED_PROXIES: z.string().default('').transform((list) => list.split(',').map((each) => each.trim()).filter((each) => each !== ''))
    .refine(areProxies, { error: 'must be addresses or networks with commas between them, such as 10.0.0.0/8, or loopback' }),
  LEMMA_SECRET: given().min(32, { error: 'must have at least 32 characters. Leave it unset and Lemma makes one and keeps it under LEMMA_DATA' }),
  SMTP_URL: url(/^smtps?$/, 'smtps://user:password@mail.example').optional(),
  LEMMA_DEMO: oneOf(['0', '1']).default('0'),
  LEMMA_DEV: oneOf(['0', '1']).default('0'),
  LEMMA_PAGES: oneOf(['0', '1']).default('1'),
  ...UPKEEP_SETTINGS,
  ...AZURE_STORAGE_SETTINGS,
});

/** The server's configuration, parsed once; see DESIGN.md section 3 for each name. */
export interface ServerEnv {
  readonly port: number;
  /** The port behind `port` unless another is named; 0 takes any. */
  readonly grpcPort: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** file: and a folder, or s3:, gs: or az: and a bucket. */
  readonly artifactUrl: string;
  /** How an az: bucket is reached. */
  readonly azureStorage: AzureStorageSettings;
  readonly auth: 'local' | 'required';
  readonly signUp: 'open' | 'invited';
  readonly publicUrl: string;
  /** Addresses and networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  readonly secret: string;
  readonly smtpUrl: string | null;
  readonly loadDemo: boolean;
  readonly dev: boolean;
  /** For how many days what was deleted can be restored; null: for ever. */
  readonly keepDeletedDays: number | null;
  /** False only in tests of the API: the server then starts without its pages. */
  readonly pages: boolean;
}

export class EnvProblem extends Error { override readonly name = 'EnvProblem' }

const addressOf = (host: string, port: number): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Where this process reaches itself. */
export const internalUrl = ({ host, port }: Pick<ServerEnv, 'host' | 'port'>): string => addressOf(host === '0.0.0.0' ? '127.0.0.1' : host.replace(/^::$/, '::1'), port);

/** Tells the pages, which run in this process but share no module with it, where to ask and with what word, and where others find them. */
export function tellPages(env: Pick<ServerEnv, 'host' | 'port' | 'publicUrl' | 'secret'>): void {
  process.env['LEMMA_INTERNAL_URL'] = internalUrl(env);
  process.env['LEMMA_OUTER_URL'] = env.publicUrl;
  process.env['LEMMA_PAGES_WORD'] = pagesWord(env.secret);
}

const grpcPortOf = ({ PORT, GRPC_PORT }: z.output<typeof Env>): number => GRPC_PORT ?? (PORT === 0 || PORT === 65_535 ? 0 : PORT + 1);

/** Fails with one sentence a person can act on. The launcher has already filled in DATABASE_URL, NATS_URL and LEMMA_SECRET where they were absent. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): ServerEnv {
  const parsed = Env.safeParse(Object.fromEntries(Object.entries(source).filter(([, value]) => value !== '')));
  if (!parsed.success) throw new EnvProblem(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join(' '));
  const env = parsed.data;
  const loopback = LOOPBACK.has(env.HOST);
  const auth = env.LEMMA_AUTH ?? (loopback ? 'local' : 'required');
  if (auth === 'local' && !loopback) throw new EnvProblem(`LEMMA_AUTH=local makes every caller the owner, so it needs a loopback HOST; ${env.HOST} is not one. Set LEMMA_AUTH=required.`);
  const dataFolder = resolve(env.LEMMA_DATA);
  return {
    port: env.PORT,
    grpcPort: grpcPortOf(env),
    host: env.HOST,
    dataFolder,
    databaseUrl: env.DATABASE_URL,
    natsUrl: env.NATS_URL,
    artifactUrl: env.ARTIFACT_URL ?? `file:${dataFolder}/artifacts`,
    azureStorage: env,
    auth,
    signUp: env.LEMMA_SIGN_UP ?? (auth === 'local' ? 'open' : 'invited'),
    publicUrl: (env.LEMMA_PUBLIC_URL ?? addressOf(env.HOST, env.PORT)).replace(/\/$/, ''),
    trustedProxies: env.LEMMA_TRUSTED_PROXIES,
    secret: env.LEMMA_SECRET,
    smtpUrl: env.SMTP_URL ?? null,
    loadDemo: env.LEMMA_DEMO === '1',
    dev: env.LEMMA_DEV === '1',
    keepDeletedDays: env.LEMMA_KEEP_DELETED_DAYS,
    pages: env.LEMMA_PAGES === '1',
  };
}
