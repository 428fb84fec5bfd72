import { graphql } from '../../_graphql/graphql.ts';

export const RunSeriesQuery = graphql(`
  query RunSeries($id: ID!, $keys: [String!], $maxPoints: Int!) {
    run(id: $id) { id series(keys: $keys, maxPoints: $maxPoints) { key steps timestamps values count } }
  }
`);

export const MetricsLogged = graphql(`
  subscription MetricsLogged($run: ID!, $after: String) {
    metricsLogged(run: $run, after: $after) { cursor series { key steps timestamps values count } }
  }
`);
