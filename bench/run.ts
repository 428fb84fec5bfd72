import { setTimeout as after } from 'node:timers/promises';
import { findEngine } from '../scripts/layers/engines.ts';
import type { Bench, Row } from './bench.ts';
import { BENCHES } from './benches.ts';
import { Lab } from './lab.ts';
import { installDriver, mlflowVersion } from './mlflow-server.ts';
import { Report } from './report.ts';

const words = process.argv.slice(2);
const quick = words.includes('--quick');
const names = words.filter((word) => !word.startsWith('--'));
const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}". There are: ${BENCHES.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const chosen = BENCHES.filter(({ name }) => names.length === 0 || names.includes(name));
const report = new Report();
const peers: string[] = [];
let failures = 0;

/** A machine that is busy with something else is slower than one of its own, and late figures are better than none. */
const PATIENCE = 3;

/** Rows, or why there are none; a bench that takes far longer than it may is stopped. */
async function run(bench: Bench): Promise<void> {
  const budgetMs = bench.seconds[quick ? 'quick' : 'full'] * 1000;
  const began = performance.now();
  const lab = new Lab(quick, budgetMs);
  const over = new AbortController();
  try {
    const rows = await Promise.race([
      bench.measure(lab),
      after(budgetMs * PATIENCE, undefined, { signal: over.signal }).then((): readonly Row[] => { throw new Error(`it was stopped after ${Math.round((budgetMs * PATIENCE) / 1000)} s`); }),
    ]);
    rows.forEach((row) => report.add(row));
    const silent = bench.answers.filter((name) => !rows.some((row) => row.name === name));
    if (silent.length > 0) throw new Error('it measured everything else');
  } catch (error) {
    failures += 1;
    failed(bench, error instanceof Error ? error.message : String(error));
    console.error(error);
  } finally {
    over.abort();
    await lab.close();
    console.log(`  ${((performance.now() - began) / 1000).toFixed(0)} of ${budgetMs / 1000} s`);
  }
}

/** In the report too: a number that is not there must be seen to be missing. */
function failed(bench: Bench, why: string): void {
  for (const name of bench.answers.length > 0 ? bench.answers : [`bench ${bench.name}`]) report.add({ name, measured: 'failed', kept: false, note: why.split('\n')[0]?.slice(0, 300) ?? '' });
}

const needed = new Set(chosen.flatMap(({ needs }) => needs));
const engines = new Map([...needed].map((name) => [name, findEngine(name)]));
const mlflow = engines.get('mlflow');
if (mlflow?.there) {
  installDriver(mlflow.env['LEMMA_PYTHON'] ?? '');
  peers.push(`mlflow ${mlflowVersion(mlflow.env['LEMMA_PYTHON'] ?? '')}`);
}

const began = performance.now();
for (const bench of chosen) {
  console.log(`\n${bench.name}`);
  const missing = bench.needs.flatMap((name) => {
    const engine = engines.get(name);
    return engine?.there ? [] : [`${name}: ${engine?.reason ?? ''}`];
  });
  if (missing.length > 0) failed(bench, missing.join('; '));
  else await run(bench);
}
console.log(`\n${((performance.now() - began) / 1000).toFixed(0)} s, ${report.missed().length} rows missed their limit, ${failures} benches failed`);
// A part of the numbers would pass for all of them.
if (names.length === 0) report.write(`npm run bench${quick ? ' -- --quick' : ''}`, peers);
process.exit(failures > 0 ? 1 : 0);
