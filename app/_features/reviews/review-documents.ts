import { graphql } from '../../_graphql/graphql.ts';

export const SubmitReview = graphql(`
  mutation SubmitReview($input: SubmitReviewInput!) {
    submitReview(input: $input) { review { id state } experiment { id approval staleReason changesSinceLook { since sentence changes { kind words } } reviews { id state body evidenceDigest stale ethics createdAt decidedAt dismissal { reason at by { id name } } changesSince { since sentence changes { kind words } } reviewer { id name initials } requestedBy { id name } } viewerCan { approve approveRefusal } } }
  }
`);

export const RequestReview = graphql(`
  mutation RequestReview($input: RequestReviewInput!) {
    requestReview(input: $input) { asked: reviews { id reviewer { id name } } experiment { id approval reviews { id state body evidenceDigest stale ethics createdAt decidedAt dismissal { reason at by { id name } } changesSince { since sentence changes { kind words } } reviewer { id name initials } requestedBy { id name } } } }
  }
`);

export const PeopleToAsk = graphql(`
  query PeopleToAsk($slug: String!) {
    viewer { id person { id } organization { id teams { id name members { id } } } }
    project(slug: $slug) { id reviewers { id name email initials } }
  }
`);

export const TickCheck = graphql(`mutation TickCheck($input: TickCheckInput!) { tickCheck(input: $input) { experiment { id checks { key state sentence detail required byPeople tick { good note at person { id name } } } } } }`);
export const LookAtEvidence = graphql(`mutation LookAtEvidence($input: LookAtEvidenceInput!) { lookAtEvidence(input: $input) { experiment { id changesSinceLook { since sentence changes { kind words } } } } }`);
export const DismissReview = graphql(`
  mutation DismissReview($input: DismissReviewInput!) {
    dismissReview(input: $input) { review { id dismissal { reason at by { id name } } } experiment { id approval staleReason } }
  }
`);
