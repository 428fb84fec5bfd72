import type { TokenRecords } from '../../operations/ports/tokens.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

export function tokenRecords(tx: Prisma.TransactionClient): TokenRecords {
  return {
    get: (id) => tx.token.findUnique({ where: { id } }),
    async insert(token) {
      await tx.token.create({ data: token });
    },
    async touch(id, lastUsedAt) {
      await tx.token.updateMany({ where: { id }, data: { lastUsedAt } });
    },
    async revoke(id, revokedAt) {
      await tx.token.updateMany({ where: { id, revokedAt: null }, data: { revokedAt } });
    },
  };
}
