import type { Prisma } from '../../generated/prisma/client.ts';
import type { Happening } from '../../domain/notifications/happening.ts';
import { DEFAULT_HOURS } from '../../domain/notifications/hours.ts';
import type { Ids } from '../../operations/ports/ambient.ts';
import type { DeliveryMessage, HappeningRecords, NotificationRecords, Recipient, Telling, Webhook } from '../../operations/ports/notifications.ts';
import { audienceOf } from './notification-audience.ts';
import { duePostings } from './due-postings.ts';
import type { Tx } from './tx.ts';

export const happeningRecords = (tx: Tx, ids: Ids): HappeningRecords => ({
  async add({ addresseeIds = [], detail = {}, ...happening }) {
    await tx.happening.create({ data: { id: ids.next('happening'), ...happening, addresseeIds: [...new Set(addresseeIds)], detail: { ...detail } } });
  },
});

const webhookFrom = (row: Prisma.WebhookModel): Webhook => row;
const recipientOf = ({ personId, webhookId }: { readonly personId: string | null; readonly webhookId: string | null }): Recipient =>
  (personId === null ? { personId, webhookId: webhookId ?? '' } : { personId, webhookId: null });

export const notificationRecords = (tx: Tx): NotificationRecords => ({
  takeHappenings: (limit) => tx.$queryRaw<Happening[]>`
    WITH taken AS (DELETE FROM happenings WHERE id IN (SELECT id FROM happenings ORDER BY at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED) RETURNING *)
    SELECT id, kind, project_id AS "projectId", experiment_id AS "experimentId", subject_id AS "subjectId", actor_id AS "actorId", addressee_ids AS "addresseeIds", detail, at FROM taken ORDER BY at, id`,
  audience: (happenings) => audienceOf(tx, happenings),
  async tell(tellings) {
    // In the order of recipients and groups, so that two workers never wait for each other in a circle.
    const rows = tellings.map(rowOf).toSorted((a, b) => (a.order < b.order ? -1 : 1));
    if (rows.length > 0) await tell(tx, rows);
  },

  duePostings: (at) => duePostings(tx, at),
  async postAgain(ids, atMs) { await tx.notification.updateMany({ where: { id: { in: [...ids] } }, data: { postAt: new Date(atMs) } }); },
  async settlePostings(ids) {
    if (ids.length > 0) await tx.$executeRaw`UPDATE notifications SET post_at = NULL, posted = occurrences WHERE id = ANY(${[...ids]})`;
  },
  async letterPace(personId) {
    await tx.$executeRaw`INSERT INTO mail_paces (person_id) VALUES (${personId}) ON CONFLICT DO NOTHING`;
    const [row] = await tx.$queryRaw<{ letterAt: Date | null; gapMs: number }[]>`SELECT letter_at AS "letterAt", gap_ms AS "gapMs" FROM mail_paces WHERE person_id = ${personId} FOR UPDATE`;
    const hours = await tx.notificationHours.findUnique({ where: { personId }, omit: { personId: true } });
    return { last: row?.letterAt ? { atMs: row.letterAt.getTime(), gapMs: row.gapMs } : null, hours: hours ?? DEFAULT_HOURS };
  },
  async saveLetterPace(personId, { atMs, gapMs }) { await tx.mailPace.update({ where: { personId }, data: { letterAt: new Date(atMs), gapMs } }); },
  async mailAddress(personId) { return (await tx.person.findUnique({ where: { id: personId, disabledAt: null }, select: { email: true } }))?.email ?? null; },
  async webhook(id) { return tx.webhook.findUnique({ where: { id } }); },

  async addDelivery({ id, recipient, message }, dueAt) { await tx.delivery.create({ data: { id, ...recipient, message: { ...message }, dueAt } }); },
  async takeDeliveries(limit, at, againAt) {
    const rows = await tx.$queryRaw<{ id: string; personId: string | null; webhookId: string | null; message: DeliveryMessage; attempts: number }[]>`
      UPDATE deliveries SET due_at = ${againAt}, attempts = attempts + 1
      WHERE id IN (SELECT id FROM deliveries WHERE state = 'WAITING' AND due_at <= ${at} ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING id, person_id AS "personId", webhook_id AS "webhookId", message, attempts`;
    return rows.map(({ id, message, attempts, ...to }) => ({ id, recipient: recipientOf(to), message, attempts }));
  },
  async settleDelivery(id, { state, at, problem }) { await tx.delivery.update({ where: { id }, data: { state, settledAt: at, lastProblem: problem } }); },
  async retryDelivery(id, { at, problem }) { await tx.delivery.update({ where: { id }, data: { dueAt: at, lastProblem: problem } }); },

  async tidy({ kept, quiet }, at) {
    await tx.notification.updateMany({ where: { webhookId: { not: null }, readAt: null, postAt: null, lastAt: { lt: quiet } }, data: { readAt: at } });
    await tx.notification.deleteMany({ where: { lastAt: { lt: kept } } });
    await tx.delivery.deleteMany({ where: { settledAt: { lt: kept } } });
  },

  async markRead(personId, ids, at) {
    const { count } = await tx.notification.updateMany({ where: { personId, readAt: null, ...(ids === 'all' ? {} : { id: { in: [...ids] } }) }, data: { readAt: at } });
    return count;
  },
  async saveRule({ personId, projectId, kind, reach, mail }) {
    await tx.notificationRule.upsert({ where: { personId_projectId_kind: { personId, projectId, kind } }, create: { personId, projectId, kind, reach, mail }, update: { reach, mail } });
  },
  async deleteRules(personId, projectId) { await tx.notificationRule.deleteMany({ where: { personId, projectId } }); },
  async saveHours(personId, hours) { await tx.notificationHours.upsert({ where: { personId }, create: { personId, ...hours }, update: { ...hours } }); },

  async webhooksOf(projectId) { return (await tx.webhook.findMany({ where: { projectId }, orderBy: { id: 'asc' } })).map(webhookFrom); },
  async insertWebhook(webhook) { await tx.webhook.create({ data: { ...webhook, kinds: [...webhook.kinds] } }); },
  async setWebhookDisabled(id, at) { await tx.webhook.update({ where: { id }, data: { disabledAt: at } }); },
  async deleteWebhook(id) { await tx.webhook.delete({ where: { id } }); },
});

const rowOf = ({ id, recipient, groupKey, newest, firstAt, occurrences, postAt, postAgainAt }: Telling) => ({
  order: `${recipient.personId ?? recipient.webhookId} ${groupKey}`, id, ...recipient, groupKey, kind: newest.kind, projectId: newest.projectId, experimentId: newest.experimentId, subjectId: newest.subjectId,
  actorId: newest.actorId, detail: newest.detail, occurrences, firstAt, lastAt: newest.at, postAt, postAgainAt,
});

/** A row that waits to leave keeps its time; one of which some have left waits as long as more of the same does. */
async function tell(tx: Tx, rows: readonly ReturnType<typeof rowOf>[]): Promise<void> {
  for (const target of ['person', 'webhook'] as const) {
    const mine = rows.filter((row) => (row.personId === null) === (target === 'webhook'));
    if (mine.length === 0) continue;
    await tx.$executeRawUnsafe(`
      INSERT INTO notifications AS n (id, person_id, webhook_id, kind, project_id, experiment_id, subject_id, group_key, actor_id, detail, occurrences, first_at, last_at, post_at)
      SELECT v.id, v."personId", v."webhookId", v.kind, v."projectId", v."experimentId", v."subjectId", v."groupKey", v."actorId", v.detail, v.occurrences, v."firstAt", v."lastAt", v."postAt"
      FROM jsonb_to_recordset($1::jsonb) AS v("order" text, id text, "personId" text, "webhookId" text, kind text, "projectId" text, "experimentId" text, "subjectId" text, "groupKey" text, "actorId" text, detail jsonb, occurrences int, "firstAt" timestamptz, "lastAt" timestamptz, "postAt" timestamptz)
      ORDER BY v."order"
      ON CONFLICT (${target}_id, group_key) WHERE read_at IS NULL AND ${target}_id IS NOT NULL DO UPDATE SET
        occurrences = n.occurrences + excluded.occurrences, subject_id = excluded.subject_id, actor_id = excluded.actor_id, detail = excluded.detail, last_at = greatest(n.last_at, excluded.last_at),
        post_at = CASE WHEN n.post_at IS NOT NULL OR n.posted = 0 THEN coalesce(n.post_at, excluded.post_at) ELSE ($2::jsonb ->> excluded.id)::timestamptz END`,
    JSON.stringify(mine), JSON.stringify(Object.fromEntries(mine.map(({ id, postAgainAt }) => [id, postAgainAt]))));
  }
}
