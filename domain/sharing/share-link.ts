import { badInput, conflict } from '../refusal.ts';
import { onOneLine } from '../richtext/plain-text.ts';

const DAY_MS = 86_400_000;
export const DEFAULT_SHARE_DAYS = 30;
const LONGEST_DAYS = 3660;

/** When a link ends: 30 days from now unless said otherwise. Refuses what is not in the future, or more than ten years away. */
export function shareExpiry(given: Date | null | undefined, now: Date, after: (milliseconds: number) => Date): Date {
  if (!given) return after(DEFAULT_SHARE_DAYS * DAY_MS);
  const ahead = given.getTime() - now.getTime();
  if (ahead <= 0) throw badInput('share/expiry-past', 'The link would already have expired. Choose a moment in the future.');
  if (ahead > LONGEST_DAYS * DAY_MS) throw badInput('share/expiry-far', 'A link lasts at most ten years. Choose an earlier moment.');
  return given;
}

const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 200;

/** A password for the page; null for none. Kept exactly as given, blanks included. */
export function sharePassword(given: string | null | undefined): string | null {
  if (given === null || given === undefined) return null;
  if (given.length < SHORTEST_PASSWORD || given.length > LONGEST_PASSWORD) throw badInput('share/password', `A password for the page has between ${SHORTEST_PASSWORD} and ${LONGEST_PASSWORD} characters. Leave it out for a link without one.`);
  return given;
}

/** Exploratory work has no hypothesis for a stakeholder to read. */
export function requireShareable(experiment: { readonly hypothesisId: string | null }): void {
  if (experiment.hypothesisId === null) throw conflict('experiment/exploratory', 'This experiment is exploratory: write its hypothesis first, then it can be shared.');
}

const MOST_COMPARED = 20;

/** The runs a page compares, each once and in the order given; empty for a page that compares nothing. */
export function comparedRunsOf(given: readonly string[], kind: string): readonly string[] {
  const runs = [...new Set(given)];
  if (runs.length === 0) return [];
  if (kind !== 'experiment' || runs.length < 2 || runs.length > MOST_COMPARED) throw badInput('share/compared-runs', `A shared comparison is of 2 to ${MOST_COMPARED} runs of one experiment. Give the experiment as its subject.`);
  return runs;
}

const MOST_VIEWS = 100_000;

/** How often the page opens; null without a limit. */
export function shareMaxViews(given: number | null | undefined): number | null {
  if (given === null || given === undefined) return null;
  if (!Number.isInteger(given) || given < 1 || given > MOST_VIEWS) throw badInput('share/max-views', `A limit of views is a whole number from 1 to ${MOST_VIEWS}. Leave it out for none.`);
  return given;
}

const MOST_RECIPIENTS = 20;
const MOST_NAME = 120;

/** For whom the page is made: names as they are to be shown on it. */
export function shareRecipients(given: readonly string[] | null | undefined): readonly string[] {
  const names = [...new Set((given ?? []).map((name) => onOneLine(name)).filter((name) => name !== ''))];
  if (names.length > MOST_RECIPIENTS || names.some((name) => name.length > MOST_NAME)) throw badInput('share/recipients', `A link names at most ${MOST_RECIPIENTS} recipients, each with at most ${MOST_NAME} characters.`);
  return names;
}

/** Marking a page without saying for whom would mark nothing. */
export function shareWatermark(given: boolean | null | undefined, recipients: readonly string[]): boolean {
  if (given === true && recipients.length === 0) throw badInput('share/watermark', 'A watermark says for whom the page was made: name the recipients.');
  return given === true;
}

/** Whether a link still opens its page. Revoked, expired and used up look the same from outside. */
export const isOpen = (link: { readonly revokedAt: Date | null; readonly expiresAt: Date; readonly maxViews: number | null; readonly viewCount: number }, now: Date): boolean =>
  link.revokedAt === null && link.expiresAt.getTime() > now.getTime() && (link.maxViews === null || link.viewCount < link.maxViews);

/** Whether words or a picture of what is shown may stand beside the link, where a chat fetches it for whoever sees the message: not where the page asks for a password, is for named people, or counts its views out. */
export const mayBePictured = ({ passwordHash, recipients, maxViews }: { readonly passwordHash: string | null; readonly recipients: readonly string[]; readonly maxViews: number | null }): boolean =>
  passwordHash === null && recipients.length === 0 && maxViews === null;
