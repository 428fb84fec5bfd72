/** Minutes and seconds, as on a clock: 6:12. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** What is left of an item's time, or by how much it is over; said without alarm. */
export function timeLeft(plannedSeconds: number, spentSeconds: number): { readonly text: string; readonly spoken: string; readonly over: boolean } {
  const left = plannedSeconds - spentSeconds;
  const over = left < -0.5;
  const clock = minutesAndSeconds(Math.abs(left));
  const [minutes, seconds] = clock.split(':').map(Number);
  return { text: over ? `+${clock}` : clock, spoken: `${minutes} minutes ${seconds} seconds ${over ? 'over the time for this item' : 'left for this item'}`, over };
}

export const minutesWords = (seconds: number): string => `${Math.max(1, Math.round(seconds / 60))} min`;
