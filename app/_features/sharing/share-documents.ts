import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

const ShareLinkParts = graphql(`
  fragment ShareLinkParts on ShareLink { id expiresAt revokedAt hasPassword redact viewCount maxViews lastViewedAt viewedAt recipients watermark frozenDigest guestsMayComment comparedRuns lineage ending createdAt createdBy { id name } }
`);
export type ShareLinkRow = ResultOf<typeof ShareLinkParts>;

export const ShareLinksQuery = graphql(`
  query ShareLinks($id: ID!) {
    node(id: $id) {
      id
      ... on Experiment { shareLinks { ...ShareLinkParts } }
      ... on Hypothesis { shareLinks { ...ShareLinkParts } }
      ... on Run { shareLinks { ...ShareLinkParts } }
      ... on Project { shareLinks { ...ShareLinkParts } }
      ... on Note { shareLinks { ...ShareLinkParts } }
    }
  }
`, [ShareLinkParts]);

export const CreateShareLink = graphql(`
  mutation CreateShareLink($input: CreateShareLinkInput!) { createShareLink(input: $input) { url shareLink { ...ShareLinkParts } } }
`, [ShareLinkParts]);

export const RevokeShareLink = graphql(`mutation RevokeShareLink($input: RevokeShareLinkInput!) { revokeShareLink(input: $input) { shareLink { id revokedAt } } }`);
