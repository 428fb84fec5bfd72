import { badInput } from '../refusal.ts';

/** When somebody does not want mail, and when the digest comes: minutes of the day in a time zone. From later than until: over midnight. */
export interface Hours {
  readonly timeZone: string;
  readonly quietFrom: number | null;
  readonly quietUntil: number | null;
  readonly digestAt: number;
}

/** The minute of the day that clocks in a zone show at a moment (ms since 1970); null for a zone that does not exist. */
export type MinuteOfDay = (atMs: number, timeZone: string) => number | null;

export const DEFAULT_HOURS: Hours = { timeZone: 'UTC', quietFrom: null, quietUntil: null, digestAt: 8 * 60 };

const DAY = 24 * 60;
const MINUTE_MS = 60_000;

/** Passes good hours; refuses minutes outside the day, half a quiet time and zones nobody knows. */
export function checkHours(given: Hours, minuteOfDay: MinuteOfDay): Hours {
  const isMinute = (minute: number): boolean => Number.isInteger(minute) && minute >= 0 && minute < DAY;
  if (minuteOfDay(0, given.timeZone) === null) throw badInput('notification/time-zone', `There is no time zone ${given.timeZone.slice(0, 60)}. Name one of the tz database, such as Europe/Berlin.`);
  if (!isMinute(given.digestAt)) throw badInput('notification/hours', 'The digest comes at a minute of the day, 0 to 1439.');
  if ((given.quietFrom === null) !== (given.quietUntil === null)) throw badInput('notification/hours', 'Quiet hours have a beginning and an end, or neither.');
  if (given.quietFrom !== null && given.quietUntil !== null && !(isMinute(given.quietFrom) && isMinute(given.quietUntil) && given.quietFrom !== given.quietUntil)) {
    throw badInput('notification/hours', 'Quiet hours begin and end at different minutes of the day, 0 to 1439.');
  }
  return given;
}

/** From `atMs` until the clock in the zone next shows `minute`; 0 when it shows it now. A change to summer time in between may shift it by an hour. */
function untilMinute(atMs: number, minute: number, now: number | null): number {
  const minutes = (minute - (now ?? minute) + DAY) % DAY;
  return minutes === 0 ? 0 : minutes * MINUTE_MS - (atMs % MINUTE_MS);
}

/** When mail that is ready at a moment may leave: then, or at the end of the quiet hours it falls into. Milliseconds since 1970. */
export function afterQuietHours(atMs: number, { quietFrom, quietUntil, timeZone }: Hours, minuteOfDay: MinuteOfDay): number {
  if (quietFrom === null || quietUntil === null) return atMs;
  const now = minuteOfDay(atMs, timeZone) ?? quietUntil;
  const quiet = quietFrom < quietUntil ? now >= quietFrom && now < quietUntil : now >= quietFrom || now < quietUntil;
  return quiet ? atMs + untilMinute(atMs, quietUntil, now) : atMs;
}

/** When the next digest leaves, in milliseconds since 1970: a quiet hour does not hold it, who chose the digest's time wants it then. */
export function nextDigest(atMs: number, { digestAt, timeZone }: Hours, minuteOfDay: MinuteOfDay): number {
  const wait = untilMinute(atMs, digestAt, minuteOfDay(atMs, timeZone));
  return atMs + (wait === 0 ? DAY * MINUTE_MS : wait);
}
