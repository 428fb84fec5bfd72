import { DiscardPolicy, jetstreamManager, RetentionPolicy, StorageType, type JetStreamManager, type StreamConfig } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';

export const EVENTS = 'EVENTS';
export const WORK = 'WORK';
export const PARKED = 'PARKED';

const DAY_MS = 86_400_000;
const MEBIBYTE = 1024 * 1024;

/**
 * The streams Lemma uses. All are bounded: Postgres is the record, so what falls out here is announced again by upkeep (work) or read afresh (events).
 * Sizes are what JetStream sets aside on disk, so they stay modest.
 */
const STREAMS: readonly (Partial<StreamConfig> & { readonly name: string })[] = [
  { name: EVENTS, subjects: ['event.>'], retention: RetentionPolicy.Limits, max_age: nanos(DAY_MS), max_bytes: 64 * MEBIBYTE },
  { name: WORK, subjects: ['work.>'], retention: RetentionPolicy.Workqueue, max_bytes: 64 * MEBIBYTE },
  { name: PARKED, subjects: ['parked.>'], retention: RetentionPolicy.Limits, max_age: nanos(30 * DAY_MS), max_bytes: 16 * MEBIBYTE },
];

/** JetStream's code for "stream name already in use with a different configuration". */
const DIFFERENT_CONFIGURATION = 10_058;

/** Makes the streams that are missing and brings the others to today's configuration. Safe to call at any time from any process. */
export async function ensureStreams(nats: NatsConnection): Promise<JetStreamManager> {
  const manager = await jetstreamManager(nats, { checkAPI: false });
  await Promise.all(STREAMS.map((stream) => ensureStream(manager, stream)));
  return manager;
}

async function ensureStream(manager: JetStreamManager, stream: (typeof STREAMS)[number]): Promise<void> {
  const config = { storage: StorageType.File, discard: DiscardPolicy.Old, duplicate_window: nanos(120_000), ...stream };
  try {
    await manager.streams.add(config);
  } catch (error) {
    if ((error as { code?: number }).code !== DIFFERENT_CONFIGURATION) throw error;
    await manager.streams.update(stream.name, config);
  }
}
