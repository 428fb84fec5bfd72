import { graphql, type ResultOf } from '../../_graphql/graphql.ts';
import { CheckFields, ReviewFields, ReviewParts, ReviewStanding } from '../reviews/review-documents.ts';

export const ExperimentQuery = graphql(`
  query ExperimentPage($key: String!, $metric: String) {
    experiment(key: $key) {
      id key name description createdAt updatedAt archivedAt deletedAt removedFrom exploratory runsBeforeHypothesis design runCount activeRunCount ailingRunCount verdictPending attributionWarning
      mlflowExperimentId
      ...ReviewParts
      metricKeys(first: 200)
      owner { id name initials }
      project { id slug name key viewerCan { write review share manage } reviewPolicy { approvals role ownWork ownRuns } }
      hypothesis { id statement change because metric direction minEffect guardrails status grade createdAt author { id name } }
      parents { id key name } children { id key name }
      baseline { id label }
      changedVariables { kind name from to }
      variants(first: 100) {
        id label role fingerprint runCount
        changed { kind name from to }
        estimate(metric: $metric) { metric n mean sd ciLow ciHigh }
        comparison { outcome effect ciLow ciHigh correctedP runsNeeded treatmentRuns baselineRuns }
      }
      verdict {
        id outcome metric effect ciLow ciHigh pValue correctedP baselineRuns treatmentRuns runsNeeded method explanation computedAt
        treatment { id label }
        comparisons { outcome metric effect ciLow ciHigh pValue correctedP baselineRuns treatmentRuns runsNeeded method variant { id label } }
        guardrails { metric status effect ciLow ciHigh }
        leftOut { reason run { id name } }
      }
      evidence { digest countedRuns excludedRuns failedRuns code data environment metrics }
      threads(first: 1) { totalCount }
      viewerCan { edit comment requestReview share }
    }
  }
`, [ReviewParts]);

export type ExperimentDetail = NonNullable<ResultOf<typeof ExperimentQuery>['experiment']>;
export type VariantRow = ExperimentDetail['variants'][number];
export type VerdictDetail = NonNullable<ExperimentDetail['verdict']>;

/** Without its talk: what is said changes nothing else of it, and whoever shows threads follows them. */
export const ExperimentUpdated = graphql(`subscription ExperimentUpdated($key: String!) { experimentUpdated(key: $key, talk: false) { id } }`);
/** The same for whoever shows the whole: what a review changes comes with it. */
/** A review brings itself and what follows from it, not those before it: with hundreds who listen, the whole record would go out hundreds of times. */
export const ExperimentChanged = graphql(`
  subscription ExperimentChanged($key: String!) { experimentChanged(key: $key) { experiment { id } reviewed { ...ReviewStanding } review { ...ReviewFields } checked { ...CheckFields } } }
`, [ReviewStanding, ReviewFields, CheckFields]);

export const UpdateExperiment = graphql(`
  mutation UpdateExperiment($input: UpdateExperimentInput!) { updateExperiment(input: $input) { experiment { id name description design archivedAt deletedAt removedFrom parents { id key name } } } }
`);
export const MoveExperiment = graphql(`mutation MoveExperiment($input: MoveExperimentInput!) { moveExperiment(input: $input) { experiment { id key project { id slug name } } } }`);
export const SetHypothesis = graphql(`mutation SetHypothesis($input: SetHypothesisInput!) { setHypothesis(input: $input) { experiment { id exploratory hypothesis { id } } } }`);
export const ChooseBaseline = graphql(`mutation ChooseBaseline($input: ChooseBaselineInput!) { chooseBaseline(input: $input) { experiment { id verdictPending baseline { id label } variants(first: 100) { id role } } } }`);
export const ProjectHypotheses = graphql(`query ProjectHypotheses($slug: String!) { project(slug: $slug) { id hypotheses(first: 100) { nodes { id statement metric grade status } } } }`);
