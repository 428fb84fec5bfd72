import type { Viewer } from '../../domain/access/viewer.ts';
import type { Dashboard } from '../ports/dashboards.ts';
import type { Ports } from '../ports/ports.ts';
import { announceDashboard, reachDashboard } from './reach-dashboard.ts';

/** Takes a dashboard away; what it showed is read from the project and stays. Answers it as it was. */
export async function deleteDashboard({ store }: Pick<Ports, 'store'>, viewer: Viewer, id: string): Promise<Dashboard> {
  return store.transaction(async (tx) => {
    const dashboard = await reachDashboard(tx, viewer, id);
    await tx.dashboards.delete(dashboard.id);
    await announceDashboard(tx, dashboard, { actorId: viewer.personId, verb: 'deleted' });
    return dashboard;
  });
}
