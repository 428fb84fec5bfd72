import type { Ports } from '../ports/ports.ts';
import { deriveNote } from './derive-note.ts';

const AT_ONCE = 20;
/** A server process writes down what follows within seconds; what is older was left behind. */
const BEHIND_MS = 30_000;

/** For notes whose server process died between a commit and what follows from it. Answers how many there were. */
export async function deriveBehind(ports: Pick<Ports, 'store' | 'noteDocuments' | 'clock' | 'ids'>): Promise<number> {
  const behind = await ports.store.transaction((tx) => tx.notes.behind(ports.clock.after(-BEHIND_MS), AT_ONCE));
  for (const note of behind) await deriveNote(ports, { note, deserted: true });
  return behind.length;
}
