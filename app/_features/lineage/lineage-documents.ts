import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const LineageQuery = graphql(`
  query Lineage($of: ID, $project: String, $kinds: [LineageKind!], $until: DateTime, $collapse: Boolean) {
    lineage(of: $of, project: $project, kinds: $kinds, until: $until, collapse: $collapse) {
      nodes { id kind label at count detail key run hiddenParents finding { outcome metric effect ciLow ciHigh baselineRuns treatmentRuns } }
      edges { from to kind }
      cut
      focus
      bestPath { metric direction forks models steps { id key label words finding { outcome effect ciLow ciHigh } } }
    }
  }
`);
export type ShownLineage = ResultOf<typeof LineageQuery>['lineage'];
export type ShownNode = ShownLineage['nodes'][number];
export type ShownPath = NonNullable<ShownLineage['bestPath']>;

/** Of an experiment's page, what its lineage stands under. */
export const LineageExperimentQuery = graphql(`
  query LineageExperiment($key: String!) { experiment(key: $key) { id key name project { id slug name viewerCan { share } } } }
`);
