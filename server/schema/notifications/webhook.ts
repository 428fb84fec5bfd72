import { may } from '../../../domain/access/policy.ts';
import type { HappeningKind } from '../../../domain/notifications/happening.ts';
import { WEBHOOK_FORMATS } from '../../../domain/notifications/webhook-message.ts';
import { createWebhook, deleteWebhook, setWebhookEnabled, tryWebhook } from '../../../operations/notifications/webhooks.ts';
import type { Webhook } from '../../../operations/ports/notifications.ts';
import { batchedRows } from '../../batched.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { personOf } from '../loaders.ts';
import { PersonRef, ProjectRef } from '../types.ts';
import { HappeningKindEnum } from './notification.ts';

const FormatEnum = builder.enumType('WebhookFormat', { values: WEBHOOK_FORMATS, description: 'GENERIC is our JSON, signed as Standard Webhooks says; SLACK and TEAMS are what incoming webhooks of those read.' });
const DeliveryStateEnum = builder.enumType('DeliveryState', { values: ['WAITING', 'SENT', 'GIVEN_UP'] as const });

interface ShownDelivery { readonly id: string; readonly webhookId: string; readonly state: 'WAITING' | 'SENT' | 'GIVEN_UP'; readonly attempts: number; readonly lastProblem: string | null; readonly createdAt: Date; readonly settledAt: Date | null; readonly dueAt: Date }

const DeliveryRef = builder.objectRef<ShownDelivery>('WebhookDelivery').implement({
  description: 'One message on its way to a webhook. Every attempt sends the same under the same webhook-id.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The webhook-id header.' }),
    state: t.field({ type: DeliveryStateEnum, resolve: ({ state }) => state }),
    attempts: t.exposeInt('attempts'),
    problem: t.exposeString('lastProblem', { nullable: true, description: 'Why the last attempt failed.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    nextAttemptAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ state, dueAt }) => (state === 'WAITING' ? dueAt : null) }),
    settledAt: t.expose('settledAt', { type: 'DateTime', nullable: true }),
  }),
});

const MOST_SHOWN = 20;
const deliveriesOf = batchedRows<string, readonly ShownDelivery[]>(async (webhookIds, { reader }) => {
  const rows = await reader.$queryRaw<ShownDelivery[]>`
    SELECT d.id, d.webhook_id AS "webhookId", d.state::text, d.attempts, d.last_problem AS "lastProblem", d.created_at AS "createdAt", d.settled_at AS "settledAt", d.due_at AS "dueAt"
    FROM unnest(${[...webhookIds]}::text[]) AS w(id) CROSS JOIN LATERAL (SELECT * FROM deliveries WHERE webhook_id = w.id ORDER BY created_at DESC, id DESC LIMIT ${MOST_SHOWN}) AS d`;
  return new Map(webhookIds.map((id) => [id, rows.filter((row) => row.webhookId === id)]));
});

const WebhookRef = builder.objectRef<Webhook>('Webhook').implement({
  description: 'A place outside that a project tells. Its address is shown to maintainers only, and its secret once, to who made it.',
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    format: t.field({ type: FormatEnum, resolve: ({ format }) => format }),
    url: t.exposeString('url'),
    kinds: t.field({ type: [HappeningKindEnum], resolve: ({ kinds }) => kinds as HappeningKind[] }),
    createdBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ createdById }, _, context) => (createdById === null ? null : (await personOf(context, createdById)) ?? null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    disabledAt: t.expose('disabledAt', { type: 'DateTime', nullable: true }),
    deliveries: t.field({ type: [DeliveryRef], description: `The last ${MOST_SHOWN}, newest first.`, resolve: async ({ id }, _, context) => [...((await deliveriesOf(context, id)) ?? [])] }),
  }),
});

builder.objectField(ProjectRef, 'webhooks', (t) => t.field({
  type: [WebhookRef],
  description: 'For maintainers; empty for everybody else.',
  resolve: (project, _args, context) => (may(viewerOf(context), 'project.edit', project) ? context.reader.webhook.findMany({ where: { projectId: project.id }, orderBy: { id: 'asc' }, take: 20 }) : []),
}));

const payload = (name: string) => builder.objectRef<{ readonly webhook: Webhook }>(name).implement({ fields: (t) => ({ webhook: t.field({ type: WebhookRef, resolve: ({ webhook }) => webhook }) }) });
const CreatePayload = builder.objectRef<{ readonly webhook: Webhook }>('CreateWebhookPayload').implement({
  fields: (t) => ({
    webhook: t.field({ type: WebhookRef, resolve: ({ webhook }) => webhook }),
    secret: t.string({ nullable: true, description: 'What a generic receiver checks the webhook-signature header with; shown this once. Null for chats, which check nothing.', resolve: ({ webhook }) => (webhook.format === 'GENERIC' ? webhook.secret : null) }),
  }),
});

const CreateWebhookInput = builder.inputType('CreateWebhookInput', {
  fields: (t) => ({
    project: t.string({ required: true, description: 'Its slug.' }),
    name: t.string({ required: true }),
    format: t.field({ type: FormatEnum, required: true }),
    url: t.string({ required: true }),
    kinds: t.field({ type: [HappeningKindEnum], required: true }),
  }),
});
const inputOf = (name: string) => builder.inputType(name, { fields: (t) => ({ webhook: t.id({ required: true }) }) });
const SetWebhookEnabledInput = builder.inputType('SetWebhookEnabledInput', { fields: (t) => ({ webhook: t.id({ required: true }), enabled: t.boolean({ required: true }) }) });

builder.mutationField('createWebhook', (t) => t.field({
  type: CreatePayload,
  args: { input: t.arg({ type: CreateWebhookInput, required: true }) },
  resolve: async (_root, { input }, context) => ({ webhook: await createWebhook(context.ports, viewerOf(context), { ...input, thisMachine: context.env.auth === 'local' }) }),
}));
builder.mutationField('setWebhookEnabled', (t) => t.field({
  type: payload('SetWebhookEnabledPayload'),
  args: { input: t.arg({ type: SetWebhookEnabledInput, required: true }) },
  resolve: async (_root, { input }, context) => ({ webhook: await setWebhookEnabled(context.ports, viewerOf(context), input) }),
}));
builder.mutationField('tryWebhook', (t) => t.field({
  type: payload('TryWebhookPayload'),
  description: 'Sends one line that says what it is. Whether it arrived is seen in the deliveries.',
  args: { input: t.arg({ type: inputOf('TryWebhookInput'), required: true }) },
  resolve: async (_root, { input }, context) => ({ webhook: await tryWebhook(context.ports, viewerOf(context), { webhook: input.webhook, publicUrl: context.env.publicUrl }) }),
}));
builder.mutationField('deleteWebhook', (t) => t.field({
  type: payload('DeleteWebhookPayload'),
  args: { input: t.arg({ type: inputOf('DeleteWebhookInput'), required: true }) },
  resolve: async (_root, { input }, context) => ({ webhook: await deleteWebhook(context.ports, viewerOf(context), input.webhook) }),
}));
