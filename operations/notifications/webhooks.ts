import type { Viewer } from '../../domain/access/viewer.ts';
import { WEBHOOK_KINDS, happeningKind } from '../../domain/notifications/rules.ts';
import { webhookBody, webhookUrl, type WebhookFormat } from '../../domain/notifications/webhook-message.ts';
import { badInput, conflict, notFound } from '../../domain/refusal.ts';
import { requiredText } from '../../domain/richtext/plain-text.ts';
import { projectOf, reachProject } from '../experiments/reach.ts';
import type { Webhook } from '../ports/notifications.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';

const MOST_WEBHOOKS = 20;
export const unknownWebhook = () => notFound('webhook/unknown', 'There is no such webhook, or you may not see it.');

export interface NewWebhook { readonly project: string; readonly name: string; readonly format: WebhookFormat; readonly url: string; readonly kinds: readonly string[]; /** Whether this machine may be posted to: where every caller on it is trusted. */ readonly thisMachine: boolean }

/** Has a project's news posted to an address. Only here is the secret told. */
export async function createWebhook({ store, clock, ids, secrets }: Pick<Ports, 'store' | 'clock' | 'ids' | 'secrets'>, viewer: Viewer, given: NewWebhook): Promise<Webhook> {
  const name = requiredText(given.name, { code: 'webhook/name', name: 'The name', maxLength: 80 });
  const url = webhookUrl(given.url, given);
  const kinds = [...new Set(given.kinds.map(happeningKind))];
  const personal = kinds.filter((kind) => !WEBHOOK_KINDS.includes(kind));
  if (personal.length > 0) throw badInput('webhook/kinds', `${personal.join(', ')}: meant for one person by name, so no channel is told. Choose among ${WEBHOOK_KINDS.join(', ')}.`);
  if (kinds.length === 0) throw badInput('webhook/kinds', `Choose at least one of what a channel may be told: ${WEBHOOK_KINDS.join(', ')}.`);
  return store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, given.project, 'project.edit');
    if ((await tx.notifications.webhooksOf(project.id)).length >= MOST_WEBHOOKS) throw conflict('webhook/too-many', `A project has at most ${MOST_WEBHOOKS} webhooks. Delete one that nobody reads.`);
    const webhook: Webhook = {
      id: ids.next('webhook'), projectId: project.id, name, format: given.format, url, kinds, createdById: viewer.personId, createdAt: clock.now(), disabledAt: null,
      // base64url and base64 differ in two letters only; the specification wants base64.
      secret: `whsec_${secrets.token().replaceAll('-', '+').replaceAll('_', '/')}=`,
    };
    await tx.notifications.insertWebhook(webhook);
    await announce(tx, webhook, viewer, 'created');
    return webhook;
  });
}

async function reachWebhook(tx: Transaction, viewer: Viewer, id: string): Promise<Webhook> {
  const webhook = await tx.notifications.webhook(id);
  if (!webhook) throw unknownWebhook();
  await projectOf(tx, viewer, webhook.projectId, { action: 'project.edit', unknown: unknownWebhook });
  return webhook;
}

/** The address is a secret of its own in a chat, so the record names the webhook only. */
async function announce(tx: Transaction, { id, projectId, name }: Webhook, { personId }: Viewer, verb: string): Promise<void> {
  await tx.outbox.change({ noun: 'project', id: projectId, verb: `webhook-${verb}`, projectId, experimentId: null, subjectId: null });
  await tx.audit.append({ projectId, actorId: personId, action: `webhook.${verb}`, subjectKind: 'project', subjectId: projectId, detail: { webhookId: id, name } });
}

/** Nothing is posted there any more; with it goes its log. Answers the webhook as it was. */
export async function deleteWebhook({ store }: Pick<Ports, 'store'>, viewer: Viewer, id: string): Promise<Webhook> {
  return store.transaction(async (tx) => {
    const webhook = await reachWebhook(tx, viewer, id);
    await tx.notifications.deleteWebhook(id);
    await announce(tx, webhook, viewer, 'deleted');
    return webhook;
  });
}

/** Posts nothing until it is enabled again, or begins to again with what happens from now on. */
export async function setWebhookEnabled({ store, clock }: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, { webhook: id, enabled }: { readonly webhook: string; readonly enabled: boolean }): Promise<Webhook> {
  return store.transaction(async (tx) => {
    const webhook = await reachWebhook(tx, viewer, id);
    const disabledAt = enabled ? null : (webhook.disabledAt ?? clock.now());
    await tx.notifications.setWebhookDisabled(id, disabledAt);
    await announce(tx, webhook, viewer, enabled ? 'enabled' : 'disabled');
    return { ...webhook, disabledAt };
  });
}

/** Sends one line that says what it is, on the way that all others go: the log shows whether it arrived. */
export async function tryWebhook({ store, clock, ids }: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, { webhook: id, publicUrl }: { readonly webhook: string; readonly publicUrl: string }): Promise<Webhook> {
  return store.transaction(async (tx) => {
    const webhook = await reachWebhook(tx, viewer, id);
    const project = await projectOf(tx, viewer, webhook.projectId, { action: 'project.edit', unknown: unknownWebhook });
    const words = { title: `Lemma will tell of “${project.name}” here`, text: 'This is a try; nothing happened.', path: `/p/${project.slug}` };
    const told = { kind: 'NOTEWORTHY' as const, occurrences: 1, detail: {}, actor: null, project, experiment: null };
    const deliveryId = ids.next('delivery');
    const body = webhookBody(webhook.format, deliveryId, [{ told, words, url: `${publicUrl}${words.path}` }]);
    await tx.notifications.addDelivery({ id: deliveryId, recipient: { personId: null, webhookId: id }, message: { kind: 'webhook', url: webhook.url, secret: webhook.format === 'GENERIC' ? webhook.secret : null, body } }, clock.now());
    return webhook;
  });
}
