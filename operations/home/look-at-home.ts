import type { Viewer } from '../../domain/access/viewer.ts';
import { looked, type Look } from '../../domain/home/look.ts';
import type { Ports } from '../ports/ports.ts';

/** The viewer saw their home page. `all`: and wants nothing of it listed as new any more. */
export async function lookAtHome({ store, clock }: Pick<Ports, 'store' | 'clock'>, { personId }: Viewer, all: boolean): Promise<Look> {
  return store.transaction(async (tx) => {
    const look = looked(await tx.home.look(personId), clock.now().getTime(), all);
    await tx.home.saveLook(personId, look);
    return look;
  });
}
