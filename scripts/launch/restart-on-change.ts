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
  const changed = gathered<ProcessName>(SETTLED_AFTER_MS, async (names) => {
    await prepareGenerated(reporter).catch((error: unknown) => reporter.say(String(error)));
    for (const name of names) {
      reporter.say(`A file changed; ${name} starts again.`);
      // Not waited for: a save while it starts must not wait for a start that may never come to its end.
      void lemma.processes.get(name)?.restart();
    }
  });
  for (const [name, folders] of WATCHED) {
    for (const folder of folders) {
      watch(join(REPOSITORY, folder), { recursive: true }, (_event, file) => {
        if (file === null || !/\.(ts|prisma|graphql|sql)$/.test(file) || file.endsWith('.test.ts')) return;
        changed(name);
      });
    }
  }
}

/** Calls `act` with all names heard of, once no more came for `quietForMs`, and never twice at the same time: what comes meanwhile is gathered for one more call. */
export function gathered<Name>(quietForMs: number, act: (names: readonly Name[]) => Promise<void>): (name: Name) => void {
  const waiting = new Set<Name>();
  let acting = false;
  let settled: NodeJS.Timeout | undefined;
  const go = async () => {
    if (acting || waiting.size === 0) return;
    acting = true;
    const names = [...waiting];
    waiting.clear();
    try {
      await act(names);
    } finally {
      acting = false;
      later();
    }
  };
  const later = () => {
    clearTimeout(settled);
    settled = setTimeout(() => void go(), quietForMs);
  };
  return (name) => {
    waiting.add(name);
    later();
  };
}
