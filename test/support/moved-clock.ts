import { systemClock } from '../../adapters/system/ambient.ts';
import type { Clock } from '../../operations/ports/ambient.ts';

/** A clock that stands still at a moment. */
export const clockAt = (now: Date): Clock => ({ ...systemClock, now: () => now, after: (ms) => new Date(now.getTime() + ms) });

/** The system's clock, so many milliseconds ahead. */
export const clockAhead = (byMs: number): Clock => ({ ...systemClock, now: () => new Date(Date.now() + byMs), after: (ms) => new Date(Date.now() + byMs + ms) });
