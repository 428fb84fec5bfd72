import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const LineageQuery = graphql(`
  query Lineage($of: ID, $project: String, $kinds: [LineageKind!], $until: DateTime, $collapse: Boolean) {
    lineage(of: $of, project: $project, kinds: $kinds, until: $until, collapse: $collapse) {
      columns { ids kinds labels at counts details keys runs hiddenParents findings { outcome metric effect ciLow ciHigh baselineRuns treatmentRuns } from to }
      cut
      focus
      bestPath { metric direction forks models steps { id key label words finding { outcome metric effect ciLow ciHigh } experiment { attributionWarning changedVariables { kind name from to } } } }
    }
  }
`);
export type ShownLineage = ResultOf<typeof LineageQuery>['lineage'];
type Columns = ShownLineage['columns'];

/** One node, put together from the columns. */
export interface ShownNode {
  readonly id: string;
  readonly kind: Columns['kinds'][number];
  readonly label: string;
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly count: number;
  readonly detail: string | null;
  readonly key: string | null;
  readonly run: string | null;
  readonly hiddenParents: number;
  readonly finding: Columns['findings'][number];
}

/** The nodes that the columns speak of, in their order. */
export const nodesOf = ({ ids, kinds, labels, at, counts, details, keys, runs, hiddenParents, findings }: Columns): readonly ShownNode[] =>
  ids.map((id, place) => ({ id, kind: kinds[place] ?? 'RUN', label: labels[place] ?? '', at: at[place] ?? 0, count: counts[place] ?? 1, detail: details[place] ?? null, key: keys[place] ?? null, run: runs[place] ?? null, hiddenParents: hiddenParents[place] ?? 0, finding: findings[place] ?? null }));
export type ShownPath = NonNullable<ShownLineage['bestPath']>;

/** Of an experiment's page, what its lineage stands under. */
export const LineageExperimentQuery = graphql(`
  query LineageExperiment($key: String!) { experiment(key: $key) { id key name project { id slug name viewerCan { share } } } }
`);
