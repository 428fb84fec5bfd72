import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepareGenerated } from '../launch/prepared.ts';
import { REPOSITORY } from '../launch/repository.ts';

/** What a change needs to pass before it is committed, in under half a minute. */
const STEPS: readonly (readonly [string, readonly string[]])[] = [
  ['lint', ['node_modules/oxlint/bin/oxlint']],
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit', '--project', '.']],
  ['house and unit tests', ['node_modules/vitest/vitest.mjs', 'run', '--project', 'house', '--project', 'unit']],
];

await prepareGenerated({ begin: (sentence) => console.log(`${sentence} …`), end: () => {} });
const failed = STEPS.filter(([name, args]) => {
  const startedAt = Date.now();
  const { status } = spawnSync(process.execPath, args.map((arg) => (arg.startsWith('node_modules') ? join(REPOSITORY, arg) : arg)), { cwd: REPOSITORY, stdio: 'inherit' });
  console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${name}: ${status === 0 ? 'fine' : 'FAILED'}`);
  return status !== 0;
});
process.exitCode = failed.length === 0 ? 0 : 1;
