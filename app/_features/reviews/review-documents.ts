import { graphql } from '../../_graphql/graphql.ts';

export const ReviewFields = graphql(`
  fragment ReviewFields on Review {
    id state body evidenceDigest stale ethics createdAt decidedAt
    dismissal { reason at by { id name } } changesSince { since sentence changes { kind words } } reviewer { id name initials } requestedBy { id name }
  }
`);
export const CheckFields = graphql(`fragment CheckFields on Experiment { id checks { key state sentence detail required byPeople tick { good note at person { id name } } } }`);
/** How an experiment stands, which any review or check may change. */
export const ReviewStanding = graphql(`
  fragment ReviewStanding on Experiment {
    id evidenceDigest approval staleReason
    changesSinceLook { since sentence changes { kind words } }
    ethics { risk needed approved reasons }
    viewerCan { approve requestChanges commentInReview approveRefusal }
  }
`);

/** All that a review, a request, a dismissal or a tick changes of an experiment. */
export const ReviewParts = graphql(`
  fragment ReviewParts on Experiment { ...ReviewStanding reviews { ...ReviewFields } ...CheckFields }
`, [ReviewStanding, ReviewFields, CheckFields]);

export const SubmitReview = graphql(`mutation SubmitReview($input: SubmitReviewInput!) { submitReview(input: $input) { experiment { ...ReviewParts } } }`, [ReviewParts]);
export const RequestReview = graphql(`
  mutation RequestReview($input: RequestReviewInput!) { requestReview(input: $input) { asked: reviews { id reviewer { id name } } experiment { ...ReviewParts } } }
`, [ReviewParts]);

export const PeopleToAsk = graphql(`
  query PeopleToAsk($key: String!) {
    viewer { id person { id } organization { id teams { id name members { id } } } }
    experiment(key: $key) { id reviewers { id name email initials } }
  }
`);

export const TickCheck = graphql(`mutation TickCheck($input: TickCheckInput!) { tickCheck(input: $input) { experiment { ...ReviewParts } } }`, [ReviewParts]);
export const LookAtEvidence = graphql(`mutation LookAtEvidence($input: LookAtEvidenceInput!) { lookAtEvidence(input: $input) { experiment { id changesSinceLook { since sentence changes { kind words } } } } }`);
export const DismissReview = graphql(`mutation DismissReview($input: DismissReviewInput!) { dismissReview(input: $input) { experiment { ...ReviewParts } } }`, [ReviewParts]);
