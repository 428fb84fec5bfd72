import type { Panel } from '../../domain/dashboards/panel.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Dashboard, DashboardRecords } from '../../operations/ports/dashboards.ts';
import type { Tx } from './tx.ts';

/** Panels were checked when they were saved. */
const dashboardFrom = (row: Prisma.DashboardModel): Dashboard => ({ ...row, panels: row.panels as unknown as readonly Panel[] });
const rowFrom = ({ panels, ...dashboard }: Dashboard) => ({ ...dashboard, panels: panels as unknown as Prisma.InputJsonValue });

export const dashboardRecords = (tx: Tx): DashboardRecords => ({
  async get(id) {
    await tx.$queryRaw`SELECT 1 FROM dashboards WHERE id = ${id} FOR UPDATE`;
    const row = await tx.dashboard.findUnique({ where: { id } });
    return row && dashboardFrom(row);
  },
  async byName(projectId, name) {
    const row = await tx.dashboard.findUnique({ where: { projectId_name: { projectId, name } } });
    return row && dashboardFrom(row);
  },
  count: (projectId) => tx.dashboard.count({ where: { projectId } }),
  async insert(dashboard) { await tx.dashboard.create({ data: rowFrom(dashboard) }); },
  async update(dashboard) { await tx.dashboard.update({ where: { id: dashboard.id }, data: rowFrom(dashboard) }); },
  async delete(id) { await tx.dashboard.delete({ where: { id } }); },
  async knownMetrics(projectId, metrics) {
    const wanted = [...new Set(metrics)];
    const [logged, claimed] = [
      await tx.runKey.findMany({ where: { projectId, kind: 'METRIC', key: { in: wanted } }, select: { key: true } }),
      await tx.hypothesis.findMany({ where: { projectId, metric: { in: wanted } }, select: { metric: true }, distinct: ['metric'] }),
    ];
    return new Set([...logged.map(({ key }) => key), ...claimed.flatMap(({ metric }) => metric ?? [])]);
  },
  async changedBy({ changedById }) {
    return changedById === null ? null : (await tx.person.findUnique({ where: { id: changedById }, select: { name: true } }))?.name ?? null;
  },
});
