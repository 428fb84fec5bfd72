import { deriveBehind } from '../../operations/notes/derive-behind.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import type { Log } from '../runtime/log.ts';
import { pauseUnless } from '../runtime/wakeable.ts';

const PASS_MS = 10_000;

/** Looks every ten seconds for notes whose words were saved by a server process that did not live to write down what follows from them, until `signal` aborts. */
export async function keepNotesDerived({ ports, log }: { readonly ports: Pick<Ports, 'store' | 'noteDocuments' | 'clock' | 'ids'>; readonly log: Log }, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pauseUnless(signal, PASS_MS);
    if (signal.aborted) return;
    try {
      await deriveBehind(ports);
    } catch (error) {
      log.warn({ error: String(error) }, 'what follows from notes could not be written down, will try again');
    }
  }
}
