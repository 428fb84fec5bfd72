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

export type RunComparison = ResultOf<typeof CompareQuery>['compare'];
