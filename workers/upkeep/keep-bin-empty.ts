import { emptyBin } from '../../operations/bin/empty-bin.ts';
import { removeOldFiles } from '../../operations/artifacts/remove-old-files.ts';
import { sweepBlobs } from '../../operations/bin/sweep-blobs.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import type { Log } from '../runtime/log.ts';
import { pauseUnless } from '../runtime/wakeable.ts';

const PASS_MS = 60_000;
const SHORT_PASS_MS = 1_000;
/** Contents are asked for in all of the table. */
const BLOBS_PASS_MS = 60 * 60 * 1000;
/** All runs of a project with a rule are looked at. */
const FILES_PASS_MS = 60 * 60 * 1000;

interface BinUpkeep { readonly ports: Pick<Ports, 'store' | 'metrics' | 'console' | 'blobs' | 'clock'>; readonly keptDays: number | null; readonly log: Log }

/** Looks every minute for what lay deleted for longer than it is kept, and every hour for files that a project’s rule lets go and for contents that no file names, until `signal` aborts. */
export async function keepBinEmpty({ ports, keptDays, log }: BinUpkeep, signal: AbortSignal): Promise<void> {
  const each = async (passMs: number, what: string, work: () => Promise<boolean>): Promise<void> => {
    let more = false;
    while (!signal.aborted) {
      await pauseUnless(signal, more ? SHORT_PASS_MS : passMs);
      if (signal.aborted) return;
      try {
        more = await work();
      } catch (error) {
        more = false;
        log.warn({ error: String(error) }, `${what}, will try again`);
      }
    }
  };
  await Promise.all([
    each(PASS_MS, 'what was deleted could not be removed', () => emptyBin(ports, keptDays, signal)),
    each(FILES_PASS_MS, 'files that projects keep no longer could not be removed', () => removeOldFiles(ports, signal)),
    each(BLOBS_PASS_MS, 'contents that no file names could not be removed', () => sweepBlobs(ports)),
  ]);
}
