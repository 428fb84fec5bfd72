import { graphql } from '../../_graphql/graphql.ts';

/** The experiment a block is about; its digest says whether what was frozen still is what there is. */
export const EvidenceSubjectQuery = graphql(`query EvidenceSubject($id: ID!) { node(id: $id) { __typename id ... on Experiment { key name evidenceDigest } } }`);
