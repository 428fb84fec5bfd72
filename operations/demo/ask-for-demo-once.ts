import { loadDemo } from '../../contracts/messages/load-demo.ts';
import { demoFrom, NO_DEMO, started } from '../../domain/demo/demo.ts';
import type { Ports } from '../ports/ports.ts';
import { DEMO_CHANGED, DEMO_SETTING } from './demo-setting.ts';

/** LEMMA_DEMO=1: asks for the demo at the first start, or when the first account is made, in the name of `personId`; later starts change nothing. Answers whether it asked. */
export async function askForDemoOnce({ store }: Pick<Ports, 'store'>, personId: string): Promise<boolean> {
  return store.transaction(async (tx) => {
    const demo = demoFrom(await tx.settings.lock(DEMO_SETTING));
    if (demo.state !== NO_DEMO.state) return false;
    await tx.settings.put(DEMO_SETTING, started(demo));
    await tx.outbox.post(loadDemo, { personId });
    await tx.outbox.change(DEMO_CHANGED);
    return true;
  });
}
