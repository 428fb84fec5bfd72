import type { HappeningKind } from '../../../domain/notifications/happening.ts';

/** What a kind is called where one chooses to be told of it. */
export const KIND_WORDS: Readonly<Record<HappeningKind, string>> = {
  REVIEW_REQUESTED: 'Somebody asks for my review',
  MENTIONED: 'Somebody mentions me',
  REPLIED: 'Somebody answers where I take part',
  ACTION_ITEM: 'I am given an action item',
  REVIEW_DECIDED: 'An experiment is reviewed',
  APPROVAL_STALE: 'An approval goes stale',
  VERDICT_REACHED: 'A verdict is reached',
  NEW_BEST: 'A new best beyond the noise',
  NOTEWORTHY: 'Something noteworthy, such as a verdict that turned',
  RUN_FAILED: 'A run fails',
  RUN_DIVERGED: 'A run diverges',
  RUN_STALLED: 'A run stops logging',
  RUN_FINISHED: 'A run finishes',
};

/** In the order of how soon somebody waits for an answer. */
export const KINDS_IN_ORDER = Object.keys(KIND_WORDS) as readonly HappeningKind[];

/** Kinds that are always meant for one person by name: there is no "all". */
export const isPersonal = (kind: HappeningKind): boolean => kind === 'REVIEW_REQUESTED' || kind === 'MENTIONED' || kind === 'REPLIED' || kind === 'ACTION_ITEM';

const DAY = 24 * 60;
/** 480 as a time field wants it: 08:00. */
export const clockOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** 08:00 as a minute of the day; null for what is no time. */
export function minuteFrom(clock: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(clock) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  return minute >= 0 && minute < DAY ? minute : null;
}
