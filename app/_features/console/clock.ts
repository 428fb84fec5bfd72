const two = (value: number): string => String(value).padStart(2, '0');

/** The time of day where the reader is, with milliseconds: 09:05:01.042. */
export function formatClock(time: number): string {
  const at = new Date(time);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}
