import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const HypothesisQuery = graphql(`
  query Hypothesis($id: ID!) {
    hypothesis(id: $id) {
      id version statement change because metric direction minEffect guardrails status grade gradeReasons { part message }
      createdAt updatedAt archivedAt
      author { id name initials }
      project { id slug name viewerCan { write } }
      viewerCan { edit comment share }
      experiments(first: 50) {
        totalCount
        nodes {
          id key name design runCount activeRunCount createdAt updatedAt approval
          owner { id name initials }
          verdict { id outcome metric effect ciLow ciHigh baselineRuns treatmentRuns runsNeeded explanation computedAt }
        }
      }
    }
  }
`);

export const UpdateHypothesis = graphql(`
  mutation UpdateHypothesis($input: UpdateHypothesisInput!) {
    updateHypothesis(input: $input) {
      hypothesis { id statement change because metric direction minEffect guardrails status grade gradeReasons { part message } updatedAt archivedAt }
    }
  }
`);

export const PlanAnother = graphql(`mutation PlanAnother($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { id key } } }`);

export type WholeHypothesis = NonNullable<ResultOf<typeof HypothesisQuery>['hypothesis']>;
export type HypothesisTest = WholeHypothesis['experiments']['nodes'][number];
