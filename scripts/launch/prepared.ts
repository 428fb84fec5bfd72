import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Environment } from './child.ts';
import { digestOf, REPOSITORY } from './repository.ts';

/** Something made from sources, and made again only when they changed. */
interface Product {
  readonly doing: string;
  readonly done: string;
  readonly sources: readonly string[];
  /** Must exist for the product to count as made. */
  readonly result: string;
  /** Holds the digest of the sources it was made from. */
  readonly stamp: string;
  readonly command: readonly string[];
  readonly env: Environment;
}

const NOTHING = process.platform === 'darwin' ? '/usr/bin/true' : '/bin/true';

const PRISMA: Product = {
  doing: 'Generating the database client',
  done: 'database client generated',
  sources: ['prisma/schema.prisma', 'node_modules/prisma/package.json'],
  result: 'generated/prisma/client.ts',
  stamp: 'generated/.prisma-made-from',
  command: ['node_modules/prisma/build/index.js', 'generate'],
  // The engine is downloaded at run time and generating has no need of it.
  env: { PRISMA_SCHEMA_ENGINE_BINARY: NOTHING, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
};

const GRAPHQL: Product = {
  doing: 'Generating the types of queries',
  done: 'types of queries generated',
  sources: ['contracts/schema.graphql', 'scripts/generate-graphql-types.ts', 'node_modules/@gql.tada/internal/package.json'],
  result: 'generated/graphql-env.d.ts',
  stamp: 'generated/.graphql-made-from',
  command: ['scripts/generate-graphql-types.ts'],
  env: {},
};

const PROTO: Product = {
  doing: 'Generating the gRPC service',
  done: 'gRPC service generated',
  sources: ['contracts/proto', 'node_modules/@bufbuild/protoc-gen-es/package.json'],
  result: 'generated/proto/lemma/v1/ingest_pb.js',
  stamp: 'generated/.proto-made-from',
  command: ['node_modules/@bufbuild/buf/bin/buf', 'generate', 'contracts/proto', '--template', 'contracts/proto/buf.gen.yaml'],
  // It wants a cache even where nothing is fetched, and a home folder may not be ours to write.
  env: { BUF_CACHE_DIR: join(REPOSITORY, '.cache', 'buf') },
};

/** Where next.config.ts has Next put them. */
const PAGES_FOLDER = process.env['LEMMA_PAGES_FOLDER'] ?? '.next';

const PAGES: Product = {
  doing: 'Building the pages; this takes half a minute, and only when they changed',
  done: 'pages built',
  sources: ['app', 'domain', 'contracts', 'generated/graphql-env.d.ts', 'package-lock.json', 'tsconfig.json', 'next.config.ts', 'next.config.mjs', 'postcss.config.mjs', 'public'],
  result: `${PAGES_FOLDER}/BUILD_ID`,
  stamp: `${PAGES_FOLDER}/made-from`,
  command: ['node_modules/next/dist/bin/next', 'build'],
  env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
};

export interface Progress {
  /** Shown before something long. */
  begin(sentence: string): void;
  /** Shown after it, with the time it took. */
  end(sentence: string, startedAtMs: number): void;
}

/** Makes what is generated from the schemas, when they changed. */
export async function prepareGenerated(progress: Progress, leave?: AbortSignal): Promise<void> {
  await make(PRISMA, progress, leave);
  await make(GRAPHQL, progress, leave);
  await make(PROTO, progress, leave);
}

/** Builds the pages when they are older than their sources. */
export const preparePages = (progress: Progress, leave?: AbortSignal): Promise<void> => make(PAGES, progress, leave);

async function make(product: Product, progress: Progress, leave?: AbortSignal): Promise<void> {
  const digest = digestOf(product.sources);
  const stamp = join(REPOSITORY, product.stamp);
  if (existsSync(join(REPOSITORY, product.result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  const startedAt = Date.now();
  progress.begin(product.doing);
  const { code, output } = await run(product, leave);
  if (code !== 0) throw new Error(`${product.doing.split(';')[0]} failed (code ${code}):\n${output.trimEnd().split('\n').slice(-30).join('\n')}`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
  progress.end(product.done, startedAt);
}

function run({ command, env }: Product, leave: AbortSignal | undefined): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: REPOSITORY, env: { ...process.env, ...env } as NodeJS.ProcessEnv, ...(leave ? { signal: leave } : {}), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => { output += part.toString(); });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
