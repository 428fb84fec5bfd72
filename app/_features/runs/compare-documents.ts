import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const CompareQuery = graphql(`
  query CompareRuns($runs: [ID!]!) {
    compare(runs: $runs) {
      runs { id name seed status variant { id label role } excluded { reason } }
      code { name values differs } data { name values differs } config { name values differs } environment { name values differs }
      metrics { name values differs }
    }
  }
`);

/** Read by itself: the table does not wait for it. */
export const CompareFilesQuery = graphql(`
  query CompareFiles($runs: [ID!]!) {
    compare(runs: $runs) { runs { id } files { path differs values { path isDirectory size sha256 mediaType url } } }
  }
`);

export type ComparedFile = ResultOf<typeof CompareFilesQuery>['compare']['files'][number];

export type RunComparison = ResultOf<typeof CompareQuery>['compare'];
