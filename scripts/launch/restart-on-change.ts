import { watch } from 'node:fs';
import { join } from 'node:path';
import type { Lemma, ProcessName, Reporter } from './lemma.ts';
import { prepareGenerated } from './prepared.ts';
import { REPOSITORY } from './repository.ts';

/** Editors save in several steps. */
const SETTLED_AFTER_MS = 200;
const SHARED = ['domain', 'contracts', 'operations', 'adapters', 'prisma'];
const WATCHED: readonly (readonly [ProcessName, readonly string[]])[] = [
  ['server', [...SHARED, 'server']],
  ['workers', [...SHARED, 'workers']],
];

/** While developing: a door starts again when a file it is made from is saved. Pages reload by themselves, Next sees to it. */
export function restartOnChange(lemma: Lemma, reporter: Reporter): void {
  for (const [name, folders] of WATCHED) {
    let settled: NodeJS.Timeout | undefined;
    const restart = async () => {
      reporter.say(`A file changed; ${name} starts again.`);
      await prepareGenerated(reporter).catch((error: unknown) => reporter.say(String(error)));
      await lemma.processes.get(name)?.restart();
    };
    for (const folder of folders) {
      watch(join(REPOSITORY, folder), { recursive: true }, (_event, file) => {
        if (file === null || !/\.(ts|prisma|graphql|sql)$/.test(file) || file.endsWith('.test.ts')) return;
        clearTimeout(settled);
        settled = setTimeout(() => void restart(), SETTLED_AFTER_MS);
      });
    }
  }
}
