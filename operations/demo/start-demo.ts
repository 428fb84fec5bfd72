import { loadDemo } from '../../contracts/messages/load-demo.ts';
import { demoFrom, started, type Demo } from '../../domain/demo/demo.ts';
import { forbidden } from '../../domain/refusal.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import type { Ports } from '../ports/ports.ts';
import { DEMO_CHANGED, DEMO_SETTING } from './demo-setting.ts';

/** Asks the demo worker to train the demo project's networks. Owners of the organization only, because it makes a project for everybody. */
export async function startDemo({ store }: Pick<Ports, 'store'>, viewer: Viewer): Promise<Demo> {
  if (viewer.organizationRole !== 'OWNER') throw forbidden('demo/owner-only', 'Only an owner of the organization can load the demo.');
  return store.transaction(async (tx) => {
    const demo = started(demoFrom(await tx.settings.lock(DEMO_SETTING)));
    await tx.settings.put(DEMO_SETTING, demo);
    await tx.outbox.post(loadDemo, { personId: viewer.personId });
    await tx.outbox.change(DEMO_CHANGED);
    await tx.audit.append({ projectId: null, actorId: viewer.personId, action: 'demo.started', subjectKind: 'demo', subjectId: 'demo' });
    return demo;
  });
}
