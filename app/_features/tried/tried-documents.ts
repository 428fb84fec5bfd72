import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const TriedQuery = graphql(`
  query Tried($about: String!, $project: String, $first: Int, $after: String) {
    tried(about: $about, project: $project, first: $first, after: $after) {
      about reading variables alsoLookAt loggedOnly more experimentCount runs failedRuns hours
      outcomes { outcome count }
      ranges { variable scale values gaps { from to } }
      rows {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          id foundBy kind variable value from to alsoChanged metric outcome effect ciLow ciHigh minEffect baselineRuns treatmentRuns runs failedRuns hours at comments
          changed { kind name from to }
          experiment { id key name exploratory owner { id name initials } project { id slug name } }
        }
      }
      untested { id statement change because metric direction minEffect hypothesisStatus: status createdAt project { id slug name } author { id name initials } }
      threads {
        id createdAt commentCount project { id slug name } createdBy { id name initials }
        subject { __typename ... on Experiment { id key name } ... on Hypothesis { id statement } ... on Run { id name } ... on Note { id } }
        comments(first: 1) { id body }
      }
      notes { id title excerpt createdAt: updatedAt project { id slug name } }
    }
  }
`);

/** Only how the question is read, for a line that leads here. */
export const TriedReadingQuery = graphql(`query TriedReading($about: String!, $project: String) { tried(about: $about, project: $project, first: 0) { about reading experimentCount } }`);

export type TriedAnswer = ResultOf<typeof TriedQuery>['tried'];
export type TriedRow = TriedAnswer['rows']['nodes'][number];
export type TriedRange = TriedAnswer['ranges'][number];
