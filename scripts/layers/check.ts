import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepareGenerated } from '../launch/prepared.ts';
import { REPOSITORY } from '../launch/repository.ts';

/** What a change needs to pass before it is committed: walls, lint, types, names and the schema (all in test/house), and the unit tests. */
await prepareGenerated({ begin: (sentence) => console.log(`${sentence} …`), end: () => {} });
const { status } = spawnSync(process.execPath, [join(REPOSITORY, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'house', '--project', 'unit'], { cwd: REPOSITORY, stdio: 'inherit' });
process.exitCode = status ?? 1;
