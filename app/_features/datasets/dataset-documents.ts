import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const DatasetsQuery = graphql(`
  query ProjectDatasets($slug: String!, $first: Int!) {
    project(slug: $slug) {
      id slug name
      datasets(first: $first) {
        totalCount
        pageInfo { hasNextPage }
        nodes { name versionCount runCount roles firstUsedAt lastUsedAt latest { id digest rows columnCount bytes } }
      }
    }
  }
`);

export const DatasetQuery = graphql(`
  query DatasetOfVersion($version: ID!, $first: Int!) {
    dataset(version: $version) {
      name versionCount runCount roles
      project { id slug name }
      versions(first: $first) {
        totalCount
        pageInfo { hasNextPage }
        nodes { id digest rows bytes columnCount roles runCount firstUsedAt lastUsedAt createdAt source sourceType meaning }
      }
    }
  }
`);

export const VersionRunsQuery = graphql(`
  query RunsOfVersion($version: ID!, $first: Int!) {
    dataset(version: $version) {
      version(id: $version) { id runs(first: $first) { totalCount pageInfo { hasNextPage } nodes { id name status startedAt createdAt experiment { id key name } } } }
    }
  }
`);

export const DifferenceQuery = graphql(`
  query DatasetDifference($version: ID!, $from: ID!, $to: ID!) {
    dataset(version: $version) {
      difference(from: $from, to: $to) {
        content rows bytes columnCount
        from { id digest rows bytes } to { id digest rows bytes }
        columns {
          name change
          from { type sketch { count missing min max mean quantiles } }
          to { type sketch { count missing min max mean quantiles } }
        }
      }
    }
  }
`);

export type DatasetRow = NonNullable<ResultOf<typeof DatasetsQuery>['project']>['datasets']['nodes'][number];
export type DatasetDetail = NonNullable<ResultOf<typeof DatasetQuery>['dataset']>;
export type DatasetVersion = DatasetDetail['versions']['nodes'][number];
export type Difference = NonNullable<ResultOf<typeof DifferenceQuery>['dataset']>['difference'];
export type ColumnRow = NonNullable<Difference['columns']>[number];
export type Sketch = NonNullable<NonNullable<ColumnRow['to']>['sketch']>;
