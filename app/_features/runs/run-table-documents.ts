import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const RunTableQuery = graphql(`
  query RunTable($slug: String!, $filter: String!, $orderBy: String, $first: Int!, $after: String, $metrics: [String!], $params: [String!], $tags: [String!]) {
    runs(project: $slug, filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      nodes {
        id name status health { state reason } seed startedAt durationMs
        excluded { reason } variant { id label role }
        metrics(first: 60, keys: $metrics) { key last lastText }
        params(first: 60, keys: $params) { key value }
        tags(keys: $tags) { key value }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export type TableRun = ResultOf<typeof RunTableQuery>['runs']['nodes'][number];

/** Names to choose columns from: what the newest runs logged. */
export const ColumnNamesQuery = graphql(`
  query ColumnNames($slug: String!, $filter: String!) {
    runs(project: $slug, filter: $filter, first: 5) { nodes { id params(first: 200) { key } tags { key } metrics(first: 200) { key } } }
  }
`);
