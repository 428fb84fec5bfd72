/** Versions that are kept by themselves, in a note. */
export const MOST_OWN_VERSIONS = 200;

const MINUTE = 60_000;
const SOONEST_MS = 1 * MINUTE;
const LATEST_MS = 10 * MINUTE;
const MOST_UPDATES = 500;

export interface VersionSituation {
  readonly last: { readonly createdAt: Date; readonly upTo: number; readonly authorId: string } | null;
  readonly lastUpdate: number;
  /** Who wrote last. */
  readonly authorId: string;
  /** Nobody has the note open any more. */
  readonly deserted: boolean;
  readonly now: Date;
}

/** Whether the note as it is now is worth keeping without anybody's asking: somebody else writes, a good while or many edits passed, or everybody left. */
export function versionDue({ last, lastUpdate, authorId, deserted, now }: VersionSituation): boolean {
  if (lastUpdate <= (last?.upTo ?? 0)) return false;
  if (!last || deserted || lastUpdate - last.upTo >= MOST_UPDATES) return true;
  const passedMs = now.getTime() - last.createdAt.getTime();
  return passedMs >= LATEST_MS || (passedMs >= SOONEST_MS && last.authorId !== authorId);
}
