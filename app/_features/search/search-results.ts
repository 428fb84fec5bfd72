import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

/** What a search answers, with enough of each thing to know it again: a verdict with its interval, a run with its experiment. */
export const SearchQuery = graphql(`
  query Search($text: String!, $project: String, $first: Int, $after: String, $facets: [SearchFacetChoice!], $counted: Boolean = false) {
    search(text: $text, project: $project, first: $first, after: $after, facets: $facets) {
      totalCount isAtLeast
      corrections { word meant }
      facets @include(if: $counted) { facet values { value label count chosen } }
      pageInfo { hasNextPage endCursor }
      edges {
        cursor highlights
        node {
          __typename
          ... on Project { id slug name description experimentCount hypothesisCount }
          ... on Hypothesis { id statement change because metric direction minEffect hypothesisStatus: status createdAt project { id slug name } author { id name initials } }
          ... on Experiment {
            id key name exploratory runCount createdAt project { id slug name } owner { id name initials }
            hypothesis { id minEffect direction }
            verdict { id outcome metric effect ciLow ciHigh baselineRuns treatmentRuns runsNeeded }
          }
          ... on Run { id name runStatus: status seed startedAt createdAt userName experiment { id key name project { id slug name } } }
          ... on Note { id title excerpt createdAt: updatedAt project { id slug name } }
          ... on Thread {
            id createdAt commentCount project { id slug name } createdBy { id name initials }
            subject { __typename ... on Experiment { id key name } ... on Hypothesis { id statement } ... on Run { id name } ... on Note { id } }
            comments(first: 1) { id body }
          }
        }
      }
    }
  }
`);

export type SearchFacets = NonNullable<ResultOf<typeof SearchQuery>['search']['facets']>;
export type SearchEdge = ResultOf<typeof SearchQuery>['search']['edges'][number];
export type SearchNode = SearchEdge['node'];
export type Found<Name extends SearchNode['__typename']> = Extract<SearchNode, { __typename: Name }>;

/** Where a result opens. */
export function addressOf(node: SearchNode): string {
  switch (node.__typename) {
    case 'Project': return `/p/${node.slug}`;
    case 'Hypothesis': return `/h/${node.id}`;
    case 'Experiment': return `/e/${node.key}`;
    case 'Run': return `/r/${node.id}`;
    case 'Note': return `/n/${node.id}`;
    case 'Thread': return threadAddress(node);
  }
}

function threadAddress(thread: Found<'Thread'>): string {
  const subject = thread.subject;
  if (subject?.__typename === 'Experiment') return `/e/${subject.key}?tab=discussion&thread=${thread.id}`;
  if (subject?.__typename === 'Hypothesis') return `/h/${subject.id}#${thread.id}`;
  if (subject?.__typename === 'Run') return `/r/${subject.id}?thread=${thread.id}`;
  if (subject?.__typename === 'Note') return `/n/${subject.id}?thread=${thread.id}`;
  // A project's threads stand beside its lineage, which is what is shared of it.
  return `/p/${thread.project.slug}${subject?.__typename === 'Project' ? `/lineage?thread=${thread.id}` : ''}`;
}

export interface Fragment { readonly text: string; readonly matched: boolean }

/** Splits a highlight at its marks (U+E000 opens, U+E001 closes) into plain and matched pieces. */
export function fragmentsOf(highlight: string): Fragment[] {
  return highlight.split(/(\uE000[^\uE001]*\uE001?)/).filter(Boolean).map((piece) => (
    piece.startsWith('\uE000') ? { text: piece.replaceAll(/[\uE000\uE001]/g, ''), matched: true } : { text: piece.replaceAll('\uE001', ''), matched: false }
  ));
}
