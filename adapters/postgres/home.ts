import type { HomeRecords } from '../../operations/ports/home.ts';
import type { Tx } from './tx.ts';

export const homeRecords = (tx: Tx): HomeRecords => ({
  async look(personId) {
    // An advisory lock, because there may be no row to lock yet.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`home ${personId}`}, 0))`;
    const row = await tx.homeLook.findUnique({ where: { personId } });
    return row && { sinceMs: row.since.getTime(), lookedAtMs: row.lookedAt.getTime() };
  },
  async saveLook(personId, { sinceMs, lookedAtMs }) {
    const look = { since: new Date(sinceMs), lookedAt: new Date(lookedAtMs) };
    await tx.homeLook.upsert({ where: { personId }, create: { personId, ...look }, update: look });
  },
});
