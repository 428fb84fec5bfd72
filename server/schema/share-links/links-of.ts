import type { Prisma } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';

const MOST_LINKS = 200;

/** The links to a thing, newest first; the caller has made sure that the viewer may share it. */
export const linksOf = batchedRows<string, readonly Prisma.ShareLinkModel[]>(async (subjectIds, { reader }) => {
  const rows = await reader.shareLink.findMany({ where: { subjectId: { in: [...subjectIds] } }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: MOST_LINKS * subjectIds.length });
  return new Map(subjectIds.map((id) => [id, rows.filter((row) => row.subjectId === id)]));
});
