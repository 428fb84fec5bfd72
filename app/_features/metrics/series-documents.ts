import { graphql } from '../../_graphql/graphql.ts';

export const RunSeriesQuery = graphql(`
  query RunSeries($id: ID!, $keys: [String!], $maxPoints: Int!, $axis: MetricAxis, $from: Float, $to: Float) {
    run(id: $id) { id metricsCursor metricsStart series(keys: $keys, maxPoints: $maxPoints, axis: $axis, from: $from, to: $to) { key steps timestamps values count } }
  }
`);

export const MetricsLogged = graphql(`
  subscription MetricsLogged($run: ID!, $keys: [String!], $after: String) {
    metricsLogged(run: $run, keys: $keys, after: $after) { cursor series { key steps timestamps values count } }
  }
`);

export const GridRunsQuery = graphql(`
  query GridRuns($slug: String!, $filter: String!, $first: Int!, $after: String) {
    runs(project: $slug, filter: $filter, first: $first, after: $after) {
      nodes { id name status seed deletedAt excluded { reason } variant { id label } }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
`);

export const ExperimentSeriesQuery = graphql(`
  query ExperimentSeries($slug: String!, $filter: String!, $metrics: [String!], $maxPoints: Int!, $first: Int!, $after: String) {
    runs(project: $slug, filter: $filter, first: $first, after: $after) {
      nodes { id name status seed deletedAt metricsCursor excluded { reason } metricsStart variant { id label } series(keys: $metrics, maxPoints: $maxPoints) { key steps timestamps values } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const VariantCurvesQuery = graphql(`
  query VariantCurves($key: String!, $metric: String!, $axis: MetricAxis!, $maxPoints: Int!) {
    experiment(key: $key) { id variants { id label curve(key: $metric, axis: $axis, maxPoints: $maxPoints) { xs n mean ciLow ciHigh } } }
  }
`);

/** Many metrics of all variants, of each what the chosen band is made of. */
export const VariantBandsQuery = graphql(`
  query VariantBands($key: String!, $metrics: [String!]!, $axis: MetricAxis!, $maxPoints: Int!, $from: Float, $to: Float, $median: Boolean!, $ci: Boolean!, $se: Boolean!, $sd: Boolean!, $extremes: Boolean!) {
    experiment(key: $key) {
      id
      variants {
        id label
        curves(keys: $metrics, axis: $axis, maxPoints: $maxPoints, from: $from, to: $to) {
          key
          curve {
            xs n mean @skip(if: $median) median @include(if: $median) ciLow @include(if: $ci) ciHigh @include(if: $ci)
            se @include(if: $se) sd @include(if: $sd) min @include(if: $extremes) max @include(if: $extremes)
          }
        }
      }
    }
  }
`);

/** The curves of many runs, without what is known of them already. */
export const RunsSeriesQuery = graphql(`
  query RunsSeries($slug: String!, $filter: String!, $metrics: [String!], $maxPoints: Int!, $first: Int!, $after: String, $axis: MetricAxis, $from: Float, $to: Float) {
    runs(project: $slug, filter: $filter, first: $first, after: $after) {
      nodes { id metricsCursor metricsStart series(keys: $metrics, maxPoints: $maxPoints, axis: $axis, from: $from, to: $to) { key steps timestamps values count } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);
