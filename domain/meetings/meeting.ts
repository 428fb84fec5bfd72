import { badInput, conflict, forbidden } from '../refusal.ts';
import { optionalText, requiredText } from '../richtext/plain-text.ts';

/** A review is drafted, then held, then over; what was recorded in it stays as it was. */
export const MEETING_STATES = ['DRAFTED', 'LIVE', 'ENDED'] as const;
export type MeetingState = (typeof MEETING_STATES)[number];

export const MOST_ITEMS = 60;
export const MOST_DECISIONS = 200;
export const MOST_ACTIONS = 200;
export const DEFAULT_MINUTES = 60;

export const meetingTitle = (given: string | null | undefined): string => optionalText(given, { code: 'meeting/title', name: 'The title', maxLength: 200 }) ?? 'Weekly review';
export const topicTitle = (given: string): string => requiredText(given, { code: 'agenda-item/title', name: 'The title', maxLength: 200 });
export const topicReason = (given: string | null | undefined): string | null => optionalText(given, { code: 'agenda-item/reason', name: 'The reason', maxLength: 500 });
export const itemQuestion = (given: string | null | undefined): string | null => optionalText(given, { code: 'agenda-item/question', name: 'The question', maxLength: 300 });
export const decisionBody = (given: string): string => requiredText(given, { code: 'decision/body', name: 'The decision', maxLength: 2_000 });
export const actionBody = (given: string): string => requiredText(given, { code: 'action-item/body', name: 'What is to be done', maxLength: 1_000 });
export const settlingNote = (given: string | null | undefined): string | null => optionalText(given, { code: 'action-item/note', name: 'The note', maxLength: 1_000 });

/** Minutes that somebody planned; anything a day holds. */
export function plannedMinutes(given: number | null | undefined, fallback = DEFAULT_MINUTES): number {
  const minutes = given ?? fallback;
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 480) throw badInput('meeting/minutes', `${minutes} is no number of minutes to plan: choose 1 to 480.`);
  return minutes;
}

/** A calendar day, as 2026-05-19. */
export function dueDay(given: string | null | undefined): string | null {
  if (given === null || given === undefined || given === '') return null;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(given) ?? [];
  const days = daysIn(Number(year), Number(month));
  if (year === undefined || days === 0 || Number(day) < 1 || Number(day) > days) throw badInput('action-item/due', `"${given}" is not a day. Write it as 2026-05-19.`);
  return given;
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

export function requireDrafted(state: MeetingState): void {
  if (state !== 'DRAFTED') throw conflict('meeting/started', state === 'LIVE' ? 'This meeting has begun. Add or move items instead of drafting the agenda anew.' : 'This meeting is over.');
}

export function requireStartable(state: MeetingState): void {
  if (state === 'LIVE') throw conflict('meeting/live', 'This meeting has begun already. Open it to take part.');
  requireNotEnded(state);
}

export function requireLive(state: MeetingState): void {
  if (state === 'DRAFTED') throw conflict('meeting/not-live', 'This meeting has not begun. Start it first.');
  requireNotEnded(state);
}

export function requireNotEnded(state: MeetingState): void {
  if (state === 'ENDED') throw conflict('meeting/ended', 'This meeting is over; its record stays as it is. Take the matter to the next one.');
}

/** Only one moves the view that others follow. */
export function requirePresenter(meeting: { readonly presenterId: string | null }, personId: string): void {
  if (meeting.presenterId !== personId) throw forbidden('meeting/not-presenter', 'Somebody else presents. Take over to move the view of everybody.');
}

export function requireRoomForItem(items: number): void {
  if (items >= MOST_ITEMS) throw conflict('meeting/full', `An agenda holds at most ${MOST_ITEMS} items. Remove one first.`);
}

const MOST_ADDRESS = 2_000;

/** What the presenter looks at: a place of the meeting's page, as its address's parameters, and how far down. */
export interface PresentedView {
  readonly itemId: string | null;
  /** Parameters of the address, without the question mark: the address holds the view. */
  readonly search: string;
  /** The part of the page at the top of the window, counted from 0, and how far through it, from 0 to 1. */
  readonly section: number;
  readonly within: number;
}

/** An address inside Lemma and nothing else: it is only ever put behind the question mark of the meeting's own page. */
export function presentedSearch(given: string | null | undefined): string {
  const search = (given ?? '').replace(/^\?/, '');
  if (search.length > MOST_ADDRESS || /[\s#<>"\\]/.test(search) || search.includes('\u0000')) throw badInput('meeting/view', `What is presented is the part of an address behind its question mark, at most ${MOST_ADDRESS} characters.`);
  return search;
}

export function scrolledTo(section: number | null | undefined, within: number | null | undefined): Pick<PresentedView, 'section' | 'within'> {
  const [part, share] = [section ?? 0, within ?? 0];
  if (!Number.isInteger(part) || part < 0 || part > 1_000 || !(share >= 0 && share <= 1)) throw badInput('meeting/view', 'A place on the page is a part, counted from 0, and a share of it from 0 to 1.');
  return { section: part, within: share };
}

/** Who passes by an item has not talked about it. */
const LEAST_TALK_MS = 10_000;

/** Whether going on to a later item closes the one before: it was talked about, voted on, or something was recorded at it. Who goes back to look something up closes nothing. */
export function leavingCloses({ spentMs, votes, recorded }: Traces, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return to > from && (spentMs >= LEAST_TALK_MS || votes > 0 || recorded > 0);
}

/** Whether the end of the meeting closes an item: it had its time, votes or something recorded. */
export const endingCloses = ({ spentMs, votes, recorded }: Traces): boolean => spentMs > 0 || votes > 0 || recorded > 0;

/** What talking about an item leaves. */
interface Traces { readonly spentMs: number; readonly votes: number; readonly recorded: number }

/** What was talked about stays in the record. */
export function requireUntouched({ current, votes, recorded }: { readonly current: boolean; readonly votes: number; readonly recorded: number }): void {
  if (current) throw conflict('agenda-item/current', 'This item is being talked about. Go to another one first.');
  if (votes > 0 || recorded > 0) throw conflict('agenda-item/recorded', 'Votes, decisions or action items hang on this item, and they stay in the record. Close it instead.');
}

/** What one meeting can hold. */
export function requireRoomForRecord(kind: 'decision' | 'action-item', already: number): void {
  const most = kind === 'decision' ? MOST_DECISIONS : MOST_ACTIONS;
  if (already >= most) throw conflict(`${kind}/too-many`, `A meeting holds at most ${most} of them. Take the rest to the next one.`);
}
