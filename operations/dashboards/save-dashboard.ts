import type { Viewer } from '../../domain/access/viewer.ts';
import { checkDashboardName, checkPanels, MOST_DASHBOARDS, requireSeen, type Panel } from '../../domain/dashboards/panel.ts';
import { conflict } from '../../domain/refusal.ts';
import { reachProject } from '../experiments/reach.ts';
import type { Dashboard } from '../ports/dashboards.ts';
import type { Ports } from '../ports/ports.ts';
import { announceDashboard, checkMetrics, reachDashboard } from './reach-dashboard.ts';

export interface NewDashboard { readonly project: string; readonly name: string; readonly panels: readonly Panel[] }

/** Keeps panels under a name that is not taken in the project. */
export async function saveDashboard(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: NewDashboard): Promise<Dashboard> {
  const panels = checkPanels(request.panels);
  return ports.store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, request.project, 'dashboard.edit');
    const name = checkDashboardName(request.name);
    if (await tx.dashboards.byName(project.id, name)) throw nameTaken(name);
    if ((await tx.dashboards.count(project.id)) >= MOST_DASHBOARDS) throw conflict('dashboard/too-many', `A project keeps ${MOST_DASHBOARDS} dashboards. Delete one that nobody uses.`);
    await checkMetrics(tx, project.id, panels);
    const now = ports.clock.now();
    const dashboard: Dashboard = { id: ports.ids.next('dashboard'), projectId: project.id, name, panels, version: 1, changedById: viewer.personId, createdAt: now, updatedAt: now };
    await tx.dashboards.insert(dashboard);
    await announceDashboard(tx, dashboard, { actorId: viewer.personId, verb: 'saved' });
    return dashboard;
  });
}

/** What is null or absent stays as it is. `version` is the one that was seen. */
export interface DashboardChanges { readonly dashboard: string; readonly version: number; readonly name?: string | null | undefined; readonly panels?: readonly Panel[] | null | undefined }

/** Arranges or renames a dashboard, unless somebody changed it meanwhile. */
export async function changeDashboard(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, changes: DashboardChanges): Promise<Dashboard> {
  const panels = changes.panels ? checkPanels(changes.panels) : null;
  return ports.store.transaction(async (tx) => {
    const before = await reachDashboard(tx, viewer, changes.dashboard);
    requireSeen(changes.version, before.version, await tx.dashboards.changedBy(before));
    const name = changes.name === null || changes.name === undefined ? before.name : checkDashboardName(changes.name);
    if (name !== before.name && (await tx.dashboards.byName(before.projectId, name))) throw nameTaken(name);
    if (panels) await checkMetrics(tx, before.projectId, panels);
    const dashboard = { ...before, name, panels: panels ?? before.panels, version: before.version + 1, changedById: viewer.personId, updatedAt: ports.clock.now() };
    await tx.dashboards.update(dashboard);
    await announceDashboard(tx, dashboard, { actorId: viewer.personId, verb: 'changed' });
    return dashboard;
  });
}

const nameTaken = (name: string) => conflict('dashboard/name-taken', `There is a dashboard "${name}" already. Choose another name, or change that one.`);
