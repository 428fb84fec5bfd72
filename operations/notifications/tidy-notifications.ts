import type { Ports } from '../ports/ports.ts';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 90;

/** Forgets what nobody looks for any more, and lets the groups of webhooks that were quiet for a day begin anew. */
export const tidyNotifications = ({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<void> =>
  store.transaction((tx) => tx.notifications.tidy({ kept: clock.after(-KEPT_DAYS * DAY_MS), quiet: clock.after(-DAY_MS) }, clock.now()));
