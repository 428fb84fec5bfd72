import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Courier } from '../../operations/ports/courier.ts';
import { ensureStreams } from './streams.ts';

const ACKNOWLEDGED_WITHIN_MS = 2000;

/** Publishes to JetStream. A server that came back without its streams gets them again before the second attempt. */
export function natsCourier(nats: NatsConnection): Courier {
  const stream = jetstream(nats);
  return {
    async publish({ id, subject, body }) {
      const send = () => stream.publish(subject, JSON.stringify(body), { msgID: id, timeout: ACKNOWLEDGED_WITHIN_MS });
      try {
        await send();
      } catch {
        await ensureStreams(nats);
        await send();
      }
    },
  };
}
