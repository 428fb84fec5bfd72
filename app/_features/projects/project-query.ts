import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

/** The head of every page of a project. */
export const ProjectQuery = graphql(`
  query Project($slug: String!) {
    project(slug: $slug) {
      id slug key name description restricted policyPreset archivedAt
      experimentCount hypothesisCount runCount activeRunCount
      viewerRole viewerCan { write comment review share manage administer }
    }
  }
`);

/** The board: each hypothesis with its newest tests. */
export const BoardQuery = graphql(`
  query Board($slug: String!) {
    project(slug: $slug) {
      id
      hypotheses(first: 100) {
        totalCount
        nodes {
          id statement change because metric direction minEffect status grade createdAt
          author { id name initials }
          experiments(first: 2) { nodes { id key name runCount activeRunCount approval verdict { id outcome metric effect ciLow ciHigh baselineRuns treatmentRuns runsNeeded } } }
        }
      }
    }
  }
`);

export const ExperimentsQuery = graphql(`
  query ProjectExperiments($slug: String!, $after: String, $archived: Boolean) {
    project(slug: $slug) {
      id
      experiments(first: 100, after: $after, archived: $archived) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          id key name exploratory design runCount activeRunCount createdAt updatedAt archivedAt approval verdictPending
          owner { id name initials }
          hypothesis { id statement change because metric direction minEffect status }
          verdict { id outcome metric effect ciLow ciHigh baselineRuns treatmentRuns runsNeeded }
        }
      }
    }
  }
`);

export const ProjectRunsQuery = graphql(`
  query ProjectRuns($slug: String!, $filter: String, $after: String) {
    project(slug: $slug) {
      id metricKeys(first: 20)
      runs(first: 50, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id name seed status health { state reason } startedAt createdAt durationMs userName excluded { reason } metrics(first: 24) { key last lastText lastStep count } experiment { id key name hypothesis { id metric } } }
      }
    }
  }
`);

export const ActivityQuery = graphql(`
  query ProjectActivity($slug: String!) {
    project(slug: $slug) {
      id
      activity(first: 60) {
        id action at detail
        actor { id name initials }
        subject {
          __typename
          ... on Project { id slug name }
          ... on Hypothesis { id statement }
          ... on Experiment { id key name }
          ... on Variant { id label }
          ... on Run { id name }
          ... on Thread { id }
        }
      }
    }
  }
`);

export type ProjectHead = NonNullable<ResultOf<typeof ProjectQuery>['project']>;
export type BoardHypothesis = NonNullable<ResultOf<typeof BoardQuery>['project']>['hypotheses']['nodes'][number];
export type ProjectExperiment = NonNullable<ResultOf<typeof ExperimentsQuery>['project']>['experiments']['nodes'][number];
export type ProjectRun = NonNullable<ResultOf<typeof ProjectRunsQuery>['project']>['runs']['nodes'][number];
export type ActivityEvent = NonNullable<ResultOf<typeof ActivityQuery>['project']>['activity'][number];

export const ProjectUpdated = graphql(`subscription ProjectUpdated($slug: String!) { projectUpdated(slug: $slug) { id experimentCount hypothesisCount runCount activeRunCount } }`);
