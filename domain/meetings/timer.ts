/** How long an item has been talked about: what has passed, and since when it goes on. Moments are the server's. */
export interface Timing { readonly spentMs: number; readonly runningSince: Date | null }

export const NOT_BEGUN: Timing = { spentMs: 0, runningSince: null };

/** Time never runs backwards, whatever the clocks of two servers say. */
export const elapsedMs = ({ spentMs, runningSince }: Timing, now: Date): number => spentMs + (runningSince === null ? 0 : Math.max(0, now.getTime() - runningSince.getTime()));

/** Doing it again changes nothing. */
export const goOn = ({ spentMs, runningSince }: Timing, now: Date): Timing => ({ spentMs, runningSince: runningSince ?? now });

export const pause = (timing: Timing, now: Date): Timing => ({ spentMs: elapsedMs(timing, now), runningSince: null });
