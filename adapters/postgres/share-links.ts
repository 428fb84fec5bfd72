import type { Prisma } from '../../generated/prisma/client.ts';
import type { Redaction, ShareLink, ShareLinkRecords } from '../../operations/ports/share-links.ts';

type Row = Prisma.ShareLinkGetPayload<object>;
const linkFrom = (row: Row | null): ShareLink | null => row && { ...row, subjectKind: row.subjectKind as ShareLink['subjectKind'], redact: row.redact as Redaction[] };

export const shareLinkRecords = (tx: Prisma.TransactionClient): ShareLinkRecords => ({
  get: async (id) => linkFrom(await tx.shareLink.findUnique({ where: { id } })),
  async lock(id) {
    const [found] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM share_links WHERE id = ${id} FOR UPDATE`;
    return found === undefined ? null : linkFrom(await tx.shareLink.findUnique({ where: { id } }));
  },
  byTokenHash: async (tokenHash) => linkFrom(await tx.shareLink.findUnique({ where: { tokenHash } })),
  async insert(link) { await tx.shareLink.create({ data: { ...link, redact: [...link.redact], recipients: [...link.recipients], comparedRuns: [...link.comparedRuns] } }); },
  async freeze(id, { page, digest, experiments }) { await tx.shareLink.update({ where: { id }, data: { frozen: page as Prisma.InputJsonObject, frozenDigest: digest, frozenExperiments: [...experiments] } }); },
  async revoke(id, at) { await tx.shareLink.update({ where: { id }, data: { revokedAt: at } }); },
  async revokeAllOf({ projectId, createdById }, at) {
    const rows = await tx.shareLink.updateManyAndReturn({ where: { projectId, createdById, revokedAt: null }, data: { revokedAt: at } });
    return rows.flatMap((row) => linkFrom(row) ?? []);
  },
  async viewed(id, at) {
    // The row's lock lets looks at one moment take turns, so that a link for one view opens once.
    const [counted] = await tx.$queryRaw<{ view_count: number }[]>`UPDATE share_links SET view_count = view_count + 1, last_viewed_at = ${at} WHERE id = ${id} AND (max_views IS NULL OR view_count < max_views) RETURNING view_count`;
    if (counted) await tx.shareView.create({ data: { shareLinkId: id, number: counted.view_count, at } });
    return counted !== undefined;
  },
});
