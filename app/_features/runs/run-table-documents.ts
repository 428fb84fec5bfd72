import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const RunTableQuery = graphql(`
  query RunTable($slug: String!, $filter: String, $orderBy: String, $first: Int!, $skip: Int!, $metrics: [String!], $params: [String!], $tags: [String!]) {
    runs(project: $slug, filter: $filter, orderBy: $orderBy, first: $first, skip: $skip) {
      totalCount
      nodes {
        id name status health { state reason } seed userName startedAt endedAt durationMs
        excluded { reason } variant { id label role } experiment { id key name }
        metrics(first: 60, keys: $metrics) { key last lastText }
        params(first: 60, keys: $params) { key value }
        tags(keys: $tags) { key value }
      }
    }
  }
`);

export type TableRun = ResultOf<typeof RunTableQuery>['runs']['nodes'][number];

export const RunGroupsQuery = graphql(`
  query RunGroups($slug: String!, $filter: String, $by: String!, $metric: String) {
    runGroups(project: $slug, filter: $filter, by: $by, metric: $metric, first: 200) {
      totalCount
      groups { value label runs filter estimate { metric n mean ciLow ciHigh } }
    }
  }
`);

export type RunGroup = ResultOf<typeof RunGroupsQuery>['runGroups']['groups'][number];

/** Names to choose columns from, over all runs of the project. */
export const RunKeysQuery = graphql(`
  query RunKeys($slug: String!, $text: String!) {
    project(slug: $slug) { id runKeys(text: $text, first: 100) { kind key } }
  }
`);

export const SavedViewsQuery = graphql(`query SavedViews($slug: String!) { project(slug: $slug) { id savedViews { id name state createdBy { id name } } viewerCan { write } } }`);
export const SaveView = graphql(`mutation SaveView($input: SaveViewInput!) { saveView(input: $input) { savedView { id name state } } }`);
export const UpdateView = graphql(`mutation UpdateView($input: UpdateViewInput!) { updateView(input: $input) { savedView { id name state } } }`);
export const DeleteView = graphql(`mutation DeleteView($input: DeleteViewInput!) { deleteView(input: $input) { savedView { id } } }`);

export type SavedView = NonNullable<ResultOf<typeof SavedViewsQuery>['project']>['savedViews'][number];
