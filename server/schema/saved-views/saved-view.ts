import type { SavedView } from '../../../operations/ports/saved-views.ts';
import { deleteView } from '../../../operations/saved-views/delete-view.ts';
import { saveView, updateView } from '../../../operations/saved-views/save-view.ts';
import { MOST_VIEWS } from '../../../domain/saved-views/saved-view.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { personOf } from '../loaders.ts';
import { PersonRef, ProjectRef } from '../types.ts';

const SavedViewRef = builder.objectRef<SavedView>('SavedView').implement({
  description: "A view of a project's runs that a member gave a name; everybody who sees the project sees it.",
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    state: t.exposeString('state', { description: 'The parameters of the address that shows it, without the question mark.' }),
    createdBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ createdById }, _, context) => (createdById === null ? null : (await personOf(context, createdById)) ?? null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
});

builder.objectField(ProjectRef, 'savedViews', (t) => t.field({
  type: [SavedViewRef],
  description: 'By name.',
  resolve: (project, _, { reader }) => reader.savedView.findMany({ where: { projectId: project.id }, orderBy: { name: 'asc' }, take: MOST_VIEWS }),
}));

const payload = (name: string) => builder.objectRef<{ readonly savedView: SavedView }>(name).implement({ fields: (t) => ({ savedView: t.field({ type: SavedViewRef, resolve: ({ savedView }) => savedView }) }) });

const SaveViewInput = builder.inputType('SaveViewInput', {
  fields: (t) => ({
    project: t.string({ required: true, description: 'Its slug.' }),
    name: t.string({ required: true, description: '1 to 80 characters, not taken in the project.' }),
    state: t.string({ required: true, description: 'The parameters of the address, without the question mark.' }),
  }),
});
const UpdateViewInput = builder.inputType('UpdateViewInput', { fields: (t) => ({ savedView: t.id({ required: true }), name: t.string(), state: t.string() }) });
const DeleteViewInput = builder.inputType('DeleteViewInput', { fields: (t) => ({ savedView: t.id({ required: true }) }) });

builder.mutationField('saveView', (t) => t.field({
  type: payload('SaveViewPayload'),
  args: { input: t.arg({ type: SaveViewInput, required: true }) },
  resolve: async (_, { input }, context) => ({ savedView: await saveView(context.ports, viewerOf(context), input) }),
}));

builder.mutationField('updateView', (t) => t.field({
  type: payload('UpdateViewPayload'),
  args: { input: t.arg({ type: UpdateViewInput, required: true }) },
  resolve: async (_, { input }, context) => ({ savedView: await updateView(context.ports, viewerOf(context), input) }),
}));

builder.mutationField('deleteView', (t) => t.field({
  type: payload('DeleteViewPayload'),
  args: { input: t.arg({ type: DeleteViewInput, required: true }) },
  resolve: async (_, { input }, context) => ({ savedView: await deleteView(context.ports, viewerOf(context), input) }),
}));
