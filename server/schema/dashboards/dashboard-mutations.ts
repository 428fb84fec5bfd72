import type { Panel } from '../../../domain/dashboards/panel.ts';
import { deleteDashboard } from '../../../operations/dashboards/delete-dashboard.ts';
import { changeDashboard, saveDashboard } from '../../../operations/dashboards/save-dashboard.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { DirectionEnum } from '../hypotheses/hypothesis.ts';
import { ProjectRef } from '../types.ts';
import { DashboardRef, PanelKindEnum } from './dashboard.ts';

const PanelInput = builder.inputType('PanelInput', {
  fields: (t) => ({
    id: t.string({ required: true, description: 'Unique in the dashboard: 1 to 40 letters, digits, "-" or "_".' }),
    kind: t.field({ type: PanelKindEnum, required: true }),
    metric: t.string({ description: 'Of BEST: one that the project knows.' }),
    direction: t.field({ type: DirectionEnum }),
    width: t.int({ required: true }),
    height: t.int({ required: true }),
  }),
});

const panelsFrom = (given: readonly (typeof PanelInput.$inferInput)[]): readonly Panel[] => given.map(({ metric = null, direction = null, ...panel }) => ({ ...panel, metric, direction }));

const DashboardPayload = (name: string) => builder.objectRef<{ readonly dashboardId: string }>(name).implement({
  fields: (t) => ({ dashboard: t.field({ type: DashboardRef, resolve: ({ dashboardId }, _, { reader }) => reader.dashboard.findUniqueOrThrow({ where: { id: dashboardId } }) }) }),
});

const SaveDashboardInput = builder.inputType('SaveDashboardInput', {
  fields: (t) => ({
    project: t.string({ required: true, description: 'Its slug.' }),
    name: t.string({ required: true, description: '1 to 80 characters, not taken in the project.' }),
    panels: t.field({ type: [PanelInput], required: true }),
  }),
});

builder.mutationField('saveDashboard', (t) => t.field({
  type: DashboardPayload('SaveDashboardPayload'),
  args: { input: t.arg({ type: SaveDashboardInput, required: true }) },
  resolve: async (_, { input }, context) => ({ dashboardId: (await saveDashboard(context.ports, viewerOf(context), { ...input, panels: panelsFrom(input.panels) })).id }),
}));

const ChangeDashboardInput = builder.inputType('ChangeDashboardInput', {
  fields: (t) => ({
    dashboard: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one that was seen; when somebody changed it meanwhile the change is refused.' }),
    name: t.string(),
    panels: t.field({ type: [PanelInput] }),
  }),
});

builder.mutationField('changeDashboard', (t) => t.field({
  type: DashboardPayload('ChangeDashboardPayload'),
  args: { input: t.arg({ type: ChangeDashboardInput, required: true }) },
  resolve: async (_, { input }, context) => ({ dashboardId: (await changeDashboard(context.ports, viewerOf(context), { ...input, panels: input.panels ? panelsFrom(input.panels) : null })).id }),
}));

const DeleteDashboardInput = builder.inputType('DeleteDashboardInput', { fields: (t) => ({ dashboard: t.id({ required: true }) }) });

const DeleteDashboardPayload = builder.objectRef<{ readonly projectId: string }>('DeleteDashboardPayload').implement({
  fields: (t) => ({ project: t.field({ type: ProjectRef, resolve: ({ projectId }, _, { reader }) => reader.project.findUniqueOrThrow({ where: { id: projectId } }) }) }),
});

builder.mutationField('deleteDashboard', (t) => t.field({
  type: DeleteDashboardPayload,
  args: { input: t.arg({ type: DeleteDashboardInput, required: true }) },
  resolve: async (_, { input }, context) => deleteDashboard(context.ports, viewerOf(context), input.dashboard),
}));
