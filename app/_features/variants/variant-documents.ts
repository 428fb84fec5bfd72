import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const VariantRunsQuery = graphql(`
  query VariantRuns($id: ID!) {
    node(id: $id) {
      id
      ... on Variant { runs(first: 200) { id name status seed startedAt durationMs deletedAt excluded { reason } metrics(first: 200) { key last lastText } } }
    }
  }
`);

type Node = NonNullable<ResultOf<typeof VariantRunsQuery>['node']>;
export type VariantRun = Extract<Node, { readonly runs: unknown }>['runs'][number];
