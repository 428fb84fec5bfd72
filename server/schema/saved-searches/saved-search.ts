import type { Viewer } from '../../../domain/access/viewer.ts';
import { MOST_SEARCHES } from '../../../domain/saved-searches/saved-search.ts';
import type { SavedSearch } from '../../../operations/ports/saved-searches.ts';
import { deleteSearch } from '../../../operations/saved-searches/delete-search.ts';
import { renameSearch, saveSearch } from '../../../operations/saved-searches/save-search.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { ViewerRef } from '../viewer/viewer.ts';

const SavedSearchRef = builder.objectRef<SavedSearch>('SavedSearch').implement({
  description: 'A question to the page Search that the viewer keeps under a name; nobody else sees it. Nothing that it found is kept: whoever opens its address sees what they may see then.',
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    state: t.exposeString('state', { description: 'The parameters of the address of the search, without the question mark: /search?<state>.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was saved or last renamed.' }),
  }),
});

builder.objectField(ViewerRef, 'savedSearches', (t) => t.field({
  type: [SavedSearchRef],
  description: `The viewer's own, by name; at most ${MOST_SEARCHES}.`,
  resolve: ({ personId }, _, { reader }) => reader.savedSearch.findMany({ where: { personId }, orderBy: { name: 'asc' }, take: MOST_SEARCHES }),
}));

const payload = (name: string) => builder.objectRef<{ readonly savedSearch: SavedSearch; readonly viewer: Viewer }>(name).implement({
  fields: (t) => ({
    savedSearch: t.field({ type: SavedSearchRef, resolve: ({ savedSearch }) => savedSearch }),
    viewer: t.field({ type: ViewerRef, description: 'With the list as it is now.', resolve: ({ viewer }) => viewer }),
  }),
});

const SaveSearchInput = builder.inputType('SaveSearchInput', {
  fields: (t) => ({
    name: t.string({ required: true, description: '1 to 80 characters, not taken by another of the viewer.' }),
    state: t.string({ required: true, description: 'The parameters of the address of the search, without the question mark: q (words or a filter), and, where chosen, project, as, kind, verdict, status, owner and when.' }),
  }),
});
const RenameSearchInput = builder.inputType('RenameSearchInput', {
  fields: (t) => ({
    savedSearch: t.id({ required: true }),
    name: t.string({ required: true, description: '1 to 80 characters, not taken by another of the viewer.' }),
  }),
});
const DeleteSearchInput = builder.inputType('DeleteSearchInput', { fields: (t) => ({ savedSearch: t.id({ required: true }) }) });

builder.mutationField('saveSearch', (t) => t.field({
  type: payload('SaveSearchPayload'),
  description: 'Keeps a question for the viewer alone, under a name.',
  args: { input: t.arg({ type: SaveSearchInput, required: true }) },
  resolve: async (_, { input }, context) => {
    const viewer = viewerOf(context);
    return { savedSearch: await saveSearch(context.ports, viewer, input), viewer };
  },
}));

builder.mutationField('renameSearch', (t) => t.field({
  type: payload('RenameSearchPayload'),
  args: { input: t.arg({ type: RenameSearchInput, required: true }) },
  resolve: async (_, { input }, context) => {
    const viewer = viewerOf(context);
    return { savedSearch: await renameSearch(context.ports, viewer, input), viewer };
  },
}));

builder.mutationField('deleteSearch', (t) => t.field({
  type: payload('DeleteSearchPayload'),
  description: 'Forgets a saved search of the viewer; answers it as it was. Its address goes on working.',
  args: { input: t.arg({ type: DeleteSearchInput, required: true }) },
  resolve: async (_, { input }, context) => {
    const viewer = viewerOf(context);
    return { savedSearch: await deleteSearch(context.ports, viewer, input), viewer };
  },
}));
