import type { Viewer } from '../../domain/access/viewer.ts';
import { requireKnownMetrics, type Panel } from '../../domain/dashboards/panel.ts';
import { notFound } from '../../domain/refusal.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Dashboard } from '../ports/dashboards.ts';
import type { Transaction } from '../ports/store.ts';

const unknownDashboard = () => notFound('dashboard/unknown', 'There is no such dashboard, or you may not see it.');

/** The dashboard, after the right to change those of its project was checked. */
export async function reachDashboard(tx: Transaction, viewer: Viewer, id: string): Promise<Dashboard> {
  const dashboard = await tx.dashboards.get(id);
  if (!dashboard) throw unknownDashboard();
  await projectOf(tx, viewer, dashboard.projectId, { action: 'dashboard.edit', unknown: unknownDashboard });
  return dashboard;
}

export async function checkMetrics(tx: Transaction, projectId: string, panels: readonly Panel[]): Promise<void> {
  const metrics = panels.flatMap(({ metric }) => metric ?? []);
  if (metrics.length > 0) requireKnownMetrics(panels, await tx.dashboards.knownMetrics(projectId, metrics));
}

/** Dashboards are the project's: who watches it hears of them. */
export async function announceDashboard(tx: Transaction, dashboard: Dashboard, { actorId, verb }: { readonly actorId: string; readonly verb: 'saved' | 'changed' | 'deleted' }): Promise<void> {
  await tx.outbox.change({ noun: 'project', id: dashboard.projectId, verb: `dashboard-${verb}`, projectId: dashboard.projectId, experimentId: null, subjectId: null });
  await tx.audit.append({ projectId: dashboard.projectId, actorId, action: `dashboard.${verb}`, subjectKind: 'project', subjectId: dashboard.projectId, detail: { dashboardId: dashboard.id, name: dashboard.name, version: dashboard.version } });
}
