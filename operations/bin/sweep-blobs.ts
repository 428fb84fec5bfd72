import type { Ports } from '../ports/ports.ts';

const A_PASS = 100;
/** Contents that came later may be on their way to a file that names them: an upload writes first and lists then. */
const COMING_MS = 24 * 60 * 60 * 1000;

/** Removes contents that no file names any more. Answers whether more may be waiting. Broken off, it begins again: a content goes before its record. */
export async function sweepBlobs({ store, blobs, clock }: Pick<Ports, 'store' | 'blobs' | 'clock'>): Promise<boolean> {
  const before = clock.after(-COMING_MS);
  return store.transaction(async (tx) => {
    const unused = await tx.bin.unusedBlobs(before, A_PASS);
    const gone: string[] = [];
    for (const sha256 of unused) if (await blobs.remove(sha256, before)) gone.push(sha256);
    await tx.bin.forgetBlobs(gone);
    return gone.length === A_PASS;
  });
}
