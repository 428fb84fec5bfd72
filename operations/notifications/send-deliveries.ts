import { retryAfter } from '../../domain/notifications/posting.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Delivery, DeliveryMessage, WebhookPost } from '../ports/notifications.ts';
import type { Ports } from '../ports/ports.ts';

export type SendPorts = Pick<Ports, 'store' | 'clock' | 'mail'> & { readonly webhookPost: WebhookPost };

const AT_ONCE = 8;
/** A worker that dies while it sends leaves its messages to others after this time. */
const LEASE_MS = 120_000;

/**
 * Sends what is due, and says of each that it left, when it is tried again, or that it is given up. At least once outside, once for the reader: a message that is sent
 * again after a worker died between sending and saying so bears the same id (Message-ID, webhook-id). Answers how many were tried.
 */
export async function sendDeliveries(ports: SendPorts): Promise<number> {
  const { store, clock } = ports;
  const due = await store.transaction((tx) => tx.notifications.takeDeliveries(AT_ONCE, clock.now(), clock.after(LEASE_MS)));
  await Promise.all(due.map((delivery) => sendOne(ports, delivery)));
  return due.length;
}

async function sendOne(ports: SendPorts, delivery: Delivery): Promise<void> {
  const { store, clock } = ports;
  const failure = await send(ports, delivery.id, delivery.message).then(() => null, (error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  const problem = failure === null ? null : failure.message.slice(0, 300);
  // What is refused once is refused always.
  const again = problem === null || failure instanceof Refusal ? null : retryAfter(delivery.attempts);
  await store.transaction(async (tx) => {
    if (problem !== null && again !== null) await tx.notifications.retryDelivery(delivery.id, { at: clock.after(again), problem });
    else await tx.notifications.settleDelivery(delivery.id, { state: problem === null ? 'SENT' : 'GIVEN_UP', at: clock.now(), problem });
  });
}

async function send({ mail, webhookPost, clock }: SendPorts, id: string, message: DeliveryMessage): Promise<void> {
  if (message.kind === 'mail') await mail.send({ to: message.to, subject: message.subject, text: message.text, id });
  else await webhookPost.post({ id, url: message.url, secret: message.secret, body: message.body, at: clock.now() });
}
