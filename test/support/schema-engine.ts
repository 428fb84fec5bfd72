import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Prisma's own schema engine as WebAssembly, in process: the engine binary that `prisma migrate` wants is downloaded at run time,
 * which a machine without the open internet cannot do. Node refuses the package's `import … from '*.wasm'`, so it is instantiated by hand.
 */
export async function sqlFor(databaseUrl: string, from: DiffTarget, to: DiffTarget): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bindings = (await import(join(folder, 'schema_engine_bg.js'))) as Record<string, unknown> & Bindings;
  const wasm = new WebAssembly.Module(readFileSync(join(folder, 'schema_engine_bg.wasm')));
  const instance = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': bindings as WebAssembly.ModuleImports });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl }));
  const engine = await bindings.SchemaEngine.new({ datamodels: [['schema.prisma', readFileSync('prisma/schema.prisma', 'utf8')]] }, () => {}, adapter);
  const { stdout } = await engine.diff({ from, to, script: true, shadowDatabaseUrl: null, exitCode: null, filters: { externalTables: [], externalEnums: [] } });
  return stdout ?? '';
}

type DiffTarget = { readonly tag: 'empty' } | { readonly tag: 'schemaDatamodel'; readonly files: readonly { readonly path: string; readonly content: string }[] };

interface Bindings {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  readonly SchemaEngine: { new(options: unknown, log: (message: string) => void, adapter: unknown): Promise<{ diff(request: unknown): Promise<{ stdout?: string }> }> } & {
    new: (options: unknown, log: (message: string) => void, adapter: unknown) => Promise<{ diff(request: unknown): Promise<{ stdout?: string }> }>;
  };
}
