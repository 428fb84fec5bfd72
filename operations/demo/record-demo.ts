import { demoFrom, type Demo } from '../../domain/demo/demo.ts';
import type { Ports } from '../ports/ports.ts';
import { DEMO_CHANGED, DEMO_SETTING } from './demo-setting.ts';

/** Records how far the demo is; everybody watching hears of it. */
export async function recordDemo({ store }: Pick<Ports, 'store'>, next: (demo: Demo) => Demo): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.settings.put(DEMO_SETTING, next(demoFrom(await tx.settings.lock(DEMO_SETTING))));
    await tx.outbox.change(DEMO_CHANGED);
  });
}
