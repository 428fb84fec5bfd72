const DAY_MS = 24 * 60 * 60 * 1000;

/** For how many days what was deleted can be restored; null: for ever. */
export type KeptDays = number | null;

export const keptMs = (days: number): number => days * DAY_MS;

/** From when on a thing is removed for good, in epoch milliseconds; null while it is not deleted, and when it is kept for ever. */
export const removedFromMs = (deletedAt: Date | null, keptDays: KeptDays): number | null => (deletedAt === null || keptDays === null ? null : deletedAt.getTime() + keptMs(keptDays));
