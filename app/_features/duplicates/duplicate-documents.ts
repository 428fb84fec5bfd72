import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

const Match = graphql(`fragment DuplicateMatchParts on DuplicateMatch { kind verdict sentence run { id name } experiment { id key name } }`);
const Reason = graphql(`fragment DuplicateReasonParts on DuplicateReason { id replication reason createdAt by { id name } }`);

export const RunDuplicates = graphql(`
  query RunDuplicates($id: ID!) {
    run(id: $id) {
      id
      duplicates { ...DuplicateMatchParts }
      duplicateReasons { ...DuplicateReasonParts }
    }
  }
`, [Match, Reason]);

export const ExperimentDuplicates = graphql(`
  query ExperimentDuplicates($key: String!) {
    experiment(key: $key) {
      id
      duplicates { ...DuplicateMatchParts }
      duplicateReasons { ...DuplicateReasonParts }
    }
  }
`, [Match, Reason]);

export const RecordDuplicateReason = graphql(`
  mutation RecordDuplicateReason($input: RecordDuplicateReasonInput!) {
    recordDuplicateReason(input: $input) {
      run { id duplicateReasons { ...DuplicateReasonParts } }
      experiment { id duplicateReasons { ...DuplicateReasonParts } }
    }
  }
`, [Reason]);

export const SimilarHypotheses = graphql(`
  query SimilarHypotheses($project: String!, $statement: String!, $metric: String) {
    duplicates(project: $project, statement: $statement, metric: $metric) {
      similarity
      hypothesis { id statement status experiments(first: 1) { nodes { id key verdict { id outcome } } } }
    }
  }
`);

export const DuplicateRateQuery = graphql(`
  query DuplicateRate($slug: String!) {
    project(slug: $slug) { id duplicateRate { runs silent sameSeed earlierExperiment explained rate } }
  }
`);

export const DuplicatePolicyQuery = graphql(`query DuplicatePolicy($slug: String!) { project(slug: $slug) { id duplicatePolicy changesPolicy } }`);
export const SetDuplicatePolicy = graphql(`mutation SetDuplicatePolicy($input: SetDuplicatePolicyInput!) { setDuplicatePolicy(input: $input) { project { id duplicatePolicy } } }`);

export const SetChangesPolicy = graphql(`mutation SetChangesPolicy($input: SetChangesPolicyInput!) { setChangesPolicy(input: $input) { project { id changesPolicy } } }`);

export type DuplicateMatch = ResultOf<typeof Match>;
export type DuplicateReason = ResultOf<typeof Reason>;
