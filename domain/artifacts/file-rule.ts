import { badInput } from '../refusal.ts';
import { formatBytes } from './bytes.ts';

/** The longest a rule may say: ten years. Whoever wants more wants for ever. */
export const MOST_DAYS = 3650;

/** For how many days a project keeps the files of runs that ended; null: for ever. */
export function requireFileDays(days: number | null): number | null {
  if (days !== null && (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)) throw badInput('project/file-days', `Files are kept for 1 to ${MOST_DAYS} whole days, or for ever. Choose such a number.`);
  return days;
}

/** What goes away, in words: "312 files, 4.1 GB". */
export const filesText = ({ files, bytes }: { readonly files: number; readonly bytes: number }): string => `${files} ${files === 1 ? 'file' : 'files'}, ${formatBytes(bytes)}`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** What stands where a file was. The day is that of UTC, so that everybody reads the same. */
export function removedSentence({ removedAt, size }: { readonly removedAt: Date; readonly size: number }): string {
  return `Removed on ${removedAt.getUTCDate()} ${MONTHS[removedAt.getUTCMonth()]} ${removedAt.getUTCFullYear()} by the project’s rule; it was ${formatBytes(size)}.`;
}
