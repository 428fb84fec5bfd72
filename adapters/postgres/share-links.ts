import type { Prisma } from '../../generated/prisma/client.ts';
import type { Redaction, ShareLink, ShareLinkRecords } from '../../operations/ports/share-links.ts';

type Row = Prisma.ShareLinkGetPayload<object>;
const linkFrom = (row: Row | null): ShareLink | null => row && { ...row, subjectKind: row.subjectKind as ShareLink['subjectKind'], redact: row.redact as Redaction[] };

export const shareLinkRecords = (tx: Prisma.TransactionClient): ShareLinkRecords => ({
  get: async (id) => linkFrom(await tx.shareLink.findUnique({ where: { id } })),
  byTokenHash: async (tokenHash) => linkFrom(await tx.shareLink.findUnique({ where: { tokenHash } })),
  async insert(link) { await tx.shareLink.create({ data: { ...link, redact: [...link.redact] } }); },
  async revoke(id, at) { await tx.shareLink.update({ where: { id }, data: { revokedAt: at } }); },
  async viewed(id, at) { await tx.shareLink.update({ where: { id }, data: { viewCount: { increment: 1 }, lastViewedAt: at } }); },
});
