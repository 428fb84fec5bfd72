import { graphql } from '../../_graphql/graphql.ts';

export const ShareLinksQuery = graphql(`
  query ShareLinks($key: String!) { experiment(key: $key) { id shareLinks { id expiresAt revokedAt hasPassword redact viewCount maxViews lastViewedAt viewedAt recipients watermark frozenDigest createdAt createdBy { id name } } } }
`);

export const CreateShareLink = graphql(`
  mutation CreateShareLink($input: CreateShareLinkInput!) { createShareLink(input: $input) { url shareLink { id expiresAt revokedAt hasPassword redact viewCount maxViews lastViewedAt viewedAt recipients watermark frozenDigest createdAt createdBy { id name } } } }
`);

export const RevokeShareLink = graphql(`mutation RevokeShareLink($input: RevokeShareLinkInput!) { revokeShareLink(input: $input) { shareLink { id revokedAt } } }`);
