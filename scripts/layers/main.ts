import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareGenerated, preparePages, type Progress } from '../launch/prepared.ts';
import { REPOSITORY } from '../launch/repository.ts';
import { findEngine, type Engine, type EngineName } from './engines.ts';
import { lastLine, LAYERS, readAbsent, readMissing, readOutcome, type Layer, type Outcome, type VitestReport } from './layers.ts';

const progress: Progress = {
  begin: (sentence) => console.log(`          ${sentence} …`),
  end: (sentence, startedAtMs) => console.log(`${((Date.now() - startedAtMs) / 1000).toFixed(1).padStart(6)} s  ${sentence}`),
};

const REPORTS = join(REPOSITORY, '.cache', 'tests');
const VITEST = join(REPOSITORY, 'node_modules', 'vitest', 'vitest.mjs');

/** Engines a machine may lack, each with the reason why that is all right there. */
const OPTIONAL = JSON.parse(readFileSync(join(REPOSITORY, 'test', 'optional.json'), 'utf8')) as Readonly<Record<string, string>>;

const found = new Map<EngineName, Engine>();
let pagesProblem: string | null | undefined;

function engine(name: EngineName): Engine {
  const known = found.get(name) ?? findEngine(name);
  found.set(name, known);
  return known;
}

const excused = (name: EngineName): boolean => process.env['CI'] !== 'true' || name in OPTIONAL;

async function runLayer(layer: Layer): Promise<Outcome> {
  const missing = layer.engines.map((name) => [name, engine(name)] as const).find(([, { there }]) => !there);
  if (missing) {
    const [name, { reason }] = missing as readonly [EngineName, { readonly reason: string }];
    return readMissing(layer.name, countTests(layer.name), `${name}: ${OPTIONAL[name] ?? reason}`, excused(name));
  }
  if (layer.pages && (await problemOfPages()) !== null) return { layer: layer.name, passed: 0, failed: 1, skipped: 0, seconds: 0, remarks: [(await problemOfPages()) ?? ''] };
  const absent = readAbsent((layer.sometimes ?? []).flatMap((name) => {
    const asked = engine(name);
    return asked.there ? [] : [{ name, reason: OPTIONAL[name] ?? asked.reason, excused: excused(name) }];
  }));
  const present = [...layer.engines, ...(layer.sometimes ?? [])].map(engine).flatMap((asked) => (asked.there ? [asked.env] : []));
  const env = Object.assign({}, absent.env, ...present) as Record<string, string>;
  console.log(`\n── ${layer.name} ${'─'.repeat(70 - layer.name.length)}`);
  const report = join(REPORTS, `${layer.name}.json`);
  rmSync(report, { force: true });
  const startedAt = Date.now();
  const code = await vitest(['run', '--project', layer.name, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], env);
  const seconds = (Date.now() - startedAt) / 1000;
  const outcome = readOutcome(layer.name, existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as VitestReport) : null, code, seconds);
  return { ...outcome, remarks: [...outcome.remarks, ...absent.remarks] };
}

/** Builds the pages once; null when they are there. */
async function problemOfPages(): Promise<string | null> {
  if (pagesProblem === undefined) {
    pagesProblem = await preparePages(progress).then(() => null, (error: unknown) => (error instanceof Error ? error.message : String(error)));
  }
  return pagesProblem;
}

function countTests(layer: string): number {
  const listed = spawnSync(process.execPath, [VITEST, 'list', '--project', layer, '--json'], { cwd: REPOSITORY, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 });
  try {
    return (JSON.parse(listed.stdout.slice(listed.stdout.indexOf('['))) as unknown[]).length;
  } catch {
    return 1;
  }
}

function vitest(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [VITEST, ...args], { cwd: REPOSITORY, stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function chosenLayers(): readonly Layer[] {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !LAYERS.some((layer) => layer.name === name));
  if (unknown.length > 0) throw new Error(`There is no layer called ${unknown.join(', ')}; there are ${LAYERS.map((layer) => layer.name).join(', ')}.`);
  return LAYERS.filter((layer) => named.length === 0 || named.includes(layer.name));
}

try {
  mkdirSync(REPORTS, { recursive: true });
  const layers = chosenLayers();
  await prepareGenerated(progress);
  const outcomes: Outcome[] = [];
  for (const layer of layers) outcomes.push(await runLayer(layer));
  console.log(`\n${'layer'.padEnd(10)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}${'seconds'.padStart(9)}`);
  for (const { layer, passed, failed, skipped, seconds } of outcomes) {
    console.log(`${layer.padEnd(10)}${String(passed).padStart(8)}${String(failed).padStart(8)}${String(skipped).padStart(9)}${seconds.toFixed(1).padStart(9)}`);
  }
  for (const { layer, remarks } of outcomes) for (const remark of remarks) console.log(`  ${layer}: ${remark}`);
  const line = lastLine(outcomes);
  process.exitCode = outcomes.some((outcome) => outcome.failed > 0) ? 1 : 0;
  console.log(`\n${line}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  console.log('\n0 passed, 1 failed, 0 skipped');
  process.exitCode = 1;
}
