import { z } from 'zod';

/** In GiB, such as 16 or 0.5. */
const gibibytes = z.coerce.number({ error: 'must be a number of GiB, such as 16' }).positive({ error: 'must be a number of GiB above 0, such as 16' });

/** Days, such as 30; null for "forever". */
const DAYS = 'must be a number of days above 0, such as 30, or forever';
const days = z.union([z.literal('forever').transform(() => null), z.coerce.number({ error: DAYS }).positive({ error: DAYS })], { error: DAYS });

/** What the environment says about upkeep: the workers do it, and the server refuses what they could not read before anything starts. */
export const UPKEEP_SETTINGS = {
  /** The size at which a partition of metric points gives way to the next, indexes and all. */
  LEMMA_METRIC_PARTITION_GIB: gibibytes.default(16),
  /** For how long what was deleted can be restored. */
  LEMMA_KEEP_DELETED_DAYS: days.default(30),
};
