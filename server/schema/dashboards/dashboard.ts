import { COLUMNS, MOST_DASHBOARDS, PANEL_KINDS, ROWS, type Panel } from '../../../domain/dashboards/panel.ts';
import type { Dashboard } from '../../../generated/prisma/client.ts';
import { builder } from '../builder.ts';
import { DirectionEnum } from '../hypotheses/hypothesis.ts';
import { personOf } from '../loaders.ts';
import { PersonRef, ProjectRef } from '../types.ts';

export const PanelKindEnum = builder.enumType('PanelKind', { values: PANEL_KINDS, description: 'The best result over time, the hypothesis funnel, verdicts, activity or run hours by week.' });

const PanelRef = builder.objectRef<Panel>('Panel').implement({
  description: `One panel of a dashboard; they flow in their order into ${COLUMNS} columns.`,
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Unique in its dashboard.' }),
    kind: t.field({ type: PanelKindEnum, resolve: ({ kind }) => kind }),
    metric: t.exposeString('metric', { nullable: true, description: 'Of BEST; null for the one that most hypotheses speak of.' }),
    direction: t.field({ type: DirectionEnum, nullable: true, resolve: ({ direction }) => direction }),
    width: t.exposeInt('width', { description: `Columns, 1 to ${COLUMNS}.` }),
    height: t.exposeInt('height', { description: `Rows, 1 to ${ROWS}.` }),
  }),
});

export const DashboardRef = builder.objectRef<Dashboard>('Dashboard').implement({
  description: "Panels that a project's members arranged under a name; everybody who sees the project sees it.",
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    panels: t.field({ type: [PanelRef], complexity: { multiplier: 1 }, resolve: ({ panels }) => [...(panels as unknown as readonly Panel[])] }),
    version: t.exposeInt('version', { description: 'Grows with every change; a change names the one it saw.' }),
    changedBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ changedById }, _, context) => (changedById === null ? null : (await personOf(context, changedById)) ?? null) }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
});

builder.objectField(ProjectRef, 'dashboards', (t) => t.field({
  type: [DashboardRef],
  description: 'By name.',
  resolve: ({ id }, _, { reader }) => reader.dashboard.findMany({ where: { projectId: id }, orderBy: { name: 'asc' }, take: MOST_DASHBOARDS }),
}));
