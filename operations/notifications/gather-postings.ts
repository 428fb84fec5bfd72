import { paceAfter, waitsUntil, type LetterPace } from '../../domain/notifications/letter-pace.ts';
import { heldUntil } from '../../domain/notifications/posting.ts';
import { webhookBody, type Said } from '../../domain/notifications/webhook-message.ts';
import { notificationWords } from '../../domain/notifications/words.ts';
import type { DeliveryMessage, DuePosting, Recipient } from '../ports/notifications.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';

type GatherPorts = Pick<Ports, 'store' | 'clock' | 'ids'>;
export interface Addresses { readonly publicUrl: string; readonly mailConfigured: boolean }

/** Writes one message for the recipient that waited longest, from all that is due to them, unless the last letter to them was but now. False when nobody waits. */
export async function gatherPostings({ store, clock, ids }: GatherPorts, addresses: Addresses): Promise<boolean> {
  return store.transaction(async (tx) => {
    const now = clock.now();
    const due = await tx.notifications.duePostings(now);
    const [recipient] = due.map((posting) => posting.recipient);
    if (!recipient) return false;
    const byMoment = Map.groupBy(due, (posting) => untilWhen(posting, now));
    const quiet = byMoment.get(null) ?? [];
    for (const [untilMs, held] of byMoment) if (untilMs !== null) await tx.notifications.postAgain(held.map(({ id }) => id), untilMs);
    const said = quiet.filter(({ wanted }) => wanted);
    const turn = await turnOf(clock, tx, recipient, said);
    if (turn.waitMs !== null) await tx.notifications.postAgain(said.map(({ id }) => id), now.getTime() + turn.waitMs);
    await tx.notifications.settlePostings(quiet.filter((posting) => turn.waitMs === null || !posting.wanted).map(({ id }) => id));
    if (turn.waitMs !== null) return true;
    const id = ids.next('delivery');
    const message = await messageFor(tx, { id, said }, addresses);
    if (message === null) return true;
    await tx.notifications.addDelivery({ id, recipient, message }, now);
    if (recipient.personId !== null) await tx.notifications.saveLetterPace(recipient.personId, paceAfter(turn.last, now.getTime()));
    return true;
  });
}

const untilWhen = ({ wanted, told, recipient, posted, firstAt, lastAt, stirredAt, runsGoing }: DuePosting, now: Date): number | null =>
  (wanted ? heldUntil({ kind: told.kind, to: recipient.personId === null ? 'channel' : 'person', posted, firstAtMs: firstAt.getTime(), lastAtMs: lastAt.getTime(), stirredAtMs: stirredAt.getTime(), runsGoing }, now.getTime()) : null);

/** How long what is to be said to somebody waits for its turn after the letter before; a channel is told when it is ready. */
async function turnOf(clock: Ports['clock'], tx: Transaction, recipient: Recipient, said: readonly DuePosting[]): Promise<{ readonly waitMs: number | null; readonly last: LetterPace | null }> {
  if (recipient.personId === null || said.length === 0) return { waitMs: null, last: null };
  const { last, hours } = await tx.notifications.letterPace(recipient.personId);
  const nowMs = clock.now().getTime();
  const untilMs = waitsUntil(said.map(({ told }) => told.kind), { last, hours, nowMs }, clock.minuteOfDay);
  return { waitMs: untilMs === null ? null : untilMs - nowMs, last };
}

interface Letter { readonly id: string; readonly said: readonly DuePosting[] }

/** Null when there is nothing to say, or nowhere to say it. */
async function messageFor(tx: Transaction, { id, said: postings }: Letter, { publicUrl, mailConfigured }: Addresses): Promise<DeliveryMessage | null> {
  const [first] = postings;
  if (!first) return null;
  const said = postings.map(({ told }): Said => {
    const words = notificationWords(told);
    return { told, words, url: `${publicUrl}${words.path}` };
  });
  if (first.recipient.webhookId !== null) {
    const webhook = await tx.notifications.webhook(first.recipient.webhookId);
    if (!webhook || webhook.disabledAt !== null) return null;
    return { kind: 'webhook', url: webhook.url, secret: webhook.format === 'GENERIC' ? webhook.secret : null, body: webhookBody(webhook.format, id, said) };
  }
  const to = mailConfigured ? await tx.notifications.mailAddress(first.recipient.personId) : null;
  return to === null ? null : { kind: 'mail', to, ...mailOf(said, publicUrl) };
}

/** One thing is the subject itself; several are counted there and told below each other. */
function mailOf(said: readonly Said[], publicUrl: string): { readonly subject: string; readonly text: string } {
  const [first] = said as readonly [Said];
  const body = said.map(({ words, url }) => [words.title, words.text, url].filter((line) => line !== '').join('\n')).join('\n\n');
  return {
    subject: said.length === 1 ? first.words.title : `${said.length} things in Lemma: ${first.words.title}, …`,
    text: `${body}\n\n--\nWhat you are told, how and when: ${publicUrl}/inbox/settings\n`,
  };
}
