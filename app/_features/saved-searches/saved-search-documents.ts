import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const SavedSearchesQuery = graphql(`query SavedSearches { viewer { id savedSearches { id name state } } }`);
export type SavedSearch = ResultOf<typeof SavedSearchesQuery>['viewer']['savedSearches'][number];

// Each answers the list as it is then, so that every place that shows it does.
export const SaveSearch = graphql(`mutation SaveSearch($input: SaveSearchInput!) { saveSearch(input: $input) { viewer { id savedSearches { id name state } } } }`);
export const RenameSearch = graphql(`mutation RenameSearch($input: RenameSearchInput!) { renameSearch(input: $input) { viewer { id savedSearches { id name state } } } }`);
export const DeleteSearch = graphql(`mutation DeleteSearch($input: DeleteSearchInput!) { deleteSearch(input: $input) { viewer { id savedSearches { id name state } } } }`);
