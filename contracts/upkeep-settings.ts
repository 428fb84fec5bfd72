import { z } from 'zod';

/** In GiB, such as 16 or 0.5. */
const gibibytes = z.coerce.number({ error: 'must be a number of GiB, such as 16' }).positive({ error: 'must be a number of GiB above 0, such as 16' });

/** What the environment says about upkeep: the workers do it, and the server refuses what they could not read before anything starts. */
export const UPKEEP_SETTINGS = {
  /** The size at which a partition of metric points gives way to the next, indexes and all. */
  LEMMA_METRIC_PARTITION_GIB: gibibytes.default(16),
};
