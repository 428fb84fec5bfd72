import type { SettingRecords } from '../../operations/ports/settings.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

export function settingRecords(tx: Prisma.TransactionClient): SettingRecords {
  return {
    async get(key) {
      return (await tx.setting.findUnique({ where: { key } }))?.value;
    },
    async lock(key) {
      // An advisory lock, because there may be no row to lock yet.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`setting ${key}`}, 0))`;
      return (await tx.setting.findUnique({ where: { key } }))?.value;
    },
    async put(key, value) {
      const json = value as Prisma.InputJsonValue;
      await tx.setting.upsert({ where: { key }, create: { key, value: json }, update: { value: json } });
    },
  };
}
