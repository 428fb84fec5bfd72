import { graphql } from '../../_graphql/graphql.ts';

export const SubmitReview = graphql(`
  mutation SubmitReview($input: SubmitReviewInput!) {
    submitReview(input: $input) { review { id state } experiment { id approval staleReason reviews { id state body evidenceDigest stale createdAt decidedAt reviewer { id name initials } requestedBy { id name } } viewerCan { approve approveRefusal } } }
  }
`);

export const RequestReview = graphql(`
  mutation RequestReview($input: RequestReviewInput!) {
    requestReview(input: $input) { experiment { id approval reviews { id state body evidenceDigest stale createdAt decidedAt reviewer { id name initials } requestedBy { id name } } } }
  }
`);

export const PeopleToAsk = graphql(`
  query PeopleToAsk($slug: String!) {
    viewer { id person { id } organization { id people(first: 100) { id name email disabled initials } } }
    project(slug: $slug) { id members { id role person { id } } }
  }
`);
