const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (n: number): string => String(n).padStart(2, '0');

/** "14 May", with the year when it is another one than now. */
export function formatDay(at: Date, now: Date): string {
  const day = `${at.getDate()} ${MONTHS[at.getMonth()]}`;
  return at.getFullYear() === now.getFullYear() ? day : `${day} ${at.getFullYear()}`;
}

/** "Thursday 14 May" */
export const formatToday = (now: Date): string => `${WEEKDAYS[now.getDay()]} ${now.getDate()} ${MONTHS[now.getMonth()]}`;

/** When somebody was last here: "09:30" today, "Tuesday 16:40" within a week, then "14 May". */
export function formatVisit(at: Date, now: Date): string {
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (formatDay(at, now) === formatDay(now, now)) return clock;
  return now.getTime() - at.getTime() < 6 * DAY ? `${WEEKDAYS[at.getDay()]} ${clock}` : formatDay(at, now);
}

/** "14 May 2026, 09:30", in the reader's time zone. */
export const formatMoment = (at: Date): string => `${at.getDate()} ${MONTHS[at.getMonth()]} ${at.getFullYear()}, ${two(at.getHours())}:${two(at.getMinutes())}`;

/** "14:12:20" */
export const formatClock = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;

/** Relative under a day ("12 s ago", "in 5 min"), then a date. Short leaves "ago" out, for columns of times past. */
export function formatRelative(at: Date, now: Date, short = false): string {
  const past = now.getTime() - at.getTime();
  const distance = Math.abs(past);
  // The page's clock moves every ten seconds, so what just happened may lie a little ahead of it.
  if (past < 5_000 && past > -15_000) return 'now';
  if (distance >= DAY) return formatDay(at, now);
  const amount = distance < MINUTE ? `${Math.round(distance / 1000)} s` : distance < HOUR ? `${Math.round(distance / MINUTE)} min` : `${Math.round(distance / HOUR)} h`;
  if (past < 0) return `in ${amount}`;
  return short ? amount : `${amount} ago`;
}

/** "840 ms", "12.9 s", "4 min 10 s", "2 h 5 min" */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ${Math.round((ms % MINUTE) / 1000)} s`;
  return `${Math.floor(ms / HOUR)} h ${Math.round((ms % HOUR) / MINUTE)} min`;
}
