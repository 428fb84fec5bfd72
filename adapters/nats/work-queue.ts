import { AckPolicy, DeliverPolicy, jetstream, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { headers, nanos, type NatsConnection } from '@nats-io/transport-node';
import type { Delivery, WorkQueue } from '../../operations/ports/courier.ts';
import { ensureStreams, WORK } from './streams.ts';
import { steadyMessages } from './steady-messages.ts';

/** Work that says nothing for this long is handed to another worker. */
const SILENCE_MS = 30_000;
/** Messages fetched ahead; small, because a fetched message's silence has begun. */
const FETCHED_AHEAD = 8;
const ATTEMPTS_WITHOUT_END = -1;
/** A released message must not come back to the pull request of the very reader that is closing: the server would count it as delivered. */
const RELEASED_FOR_MS = 100;

export function natsWorkQueue(nats: NatsConnection): WorkQueue {
  async function open(subject: string): Promise<ConsumerMessages> {
    const manager = await ensureStreams(nats);
    const durable = subject.replaceAll('.', '_');
    await manager.consumers.add(WORK, {
      durable_name: durable, filter_subject: subject, ack_policy: AckPolicy.Explicit, ack_wait: nanos(SILENCE_MS),
      deliver_policy: DeliverPolicy.All, max_deliver: ATTEMPTS_WITHOUT_END,
    });
    const consumer = await jetstream(nats).consumers.get(WORK, durable);
    return consumer.consume({ max_messages: FETCHED_AHEAD, abort_on_missing_resource: true });
  }
  return {
    heartbeatMs: SILENCE_MS / 3,
    async *deliveries(subject, signal) {
      const source = { open: () => open(subject), release: (message: JsMsg) => message.nak(RELEASED_FOR_MS) };
      for await (const message of steadyMessages(nats, source, signal)) yield deliveryOf(nats, message);
    },
  };
}

function deliveryOf(nats: NatsConnection, message: JsMsg): Delivery {
  return {
    subject: message.subject,
    data: message.data,
    attempt: message.info.deliveryCount,
    async done() { message.ack(); },
    async retry(inMs) { message.nak(inMs); },
    async park(reason) {
      const note = headers();
      // Header lines end at the first line break.
      note.set('Lemma-Reason', reason.replaceAll(/\s+/g, ' ').slice(0, 1000));
      await jetstream(nats).publish(`parked.${message.subject}`, message.data, { headers: note, msgID: `parked-${message.info.stream}-${message.seq}` });
      message.term();
    },
    stillWorking() { message.working(); },
  };
}
