const DAY_MS = 24 * 60 * 60 * 1000;

/** For how many days what was deleted can be restored; null: for ever. */
export type KeptDays = number | null;

/** What was deleted before this moment is removed for good; null while nothing is. */
export const removableBefore = (now: Date, keptDays: KeptDays): Date | null => (keptDays === null ? null : new Date(now.getTime() - keptDays * DAY_MS));

/** From when on a thing is removed for good; null while it is not deleted, and when it is kept for ever. */
export const removedFrom = (deletedAt: Date | null, keptDays: KeptDays): Date | null => (deletedAt === null || keptDays === null ? null : new Date(deletedAt.getTime() + keptDays * DAY_MS));
