import { mayIn } from '../../domain/access/policy.ts';
import { roleIn } from '../../domain/access/viewer.ts';
import { groupOf, type Happening } from '../../domain/notifications/happening.ts';
import { DEFAULT_HOURS } from '../../domain/notifications/hours.ts';
import { CHANNEL_GATHER_MS, postAt } from '../../domain/notifications/posting.ts';
import { recipientsOf, type MailPace } from '../../domain/notifications/rules.ts';
import type { Audience, Recipient, Telling } from '../ports/notifications.ts';
import type { Ports } from '../ports/ports.ts';

const BATCH = 200;

interface Told { readonly recipient: Recipient; readonly mail: MailPace; readonly happening: Happening }

/** Finds out who must hear of what happened and tells them in the app, in the transaction that forgets the happening: exactly once. Answers how many happenings there were. */
export async function spreadHappenings({ store, clock, ids }: Pick<Ports, 'store' | 'clock' | 'ids'>): Promise<number> {
  return store.transaction(async (tx) => {
    const happenings = await tx.notifications.takeHappenings(BATCH);
    if (happenings.length === 0) return 0;
    const audience = await tx.notifications.audience(happenings);
    const told = happenings.flatMap((happening) => [...toPeople(happening, audience), ...toWebhooks(happening, audience)]);
    const nowMs = clock.now().getTime();
    const moment = (ms: number | null) => (ms === null ? null : clock.after(ms - nowMs));
    const tellings = [...Map.groupBy(told, ({ recipient, happening }) => `${recipient.personId ?? recipient.webhookId} ${groupOf(happening)}`).values()].map((group): Telling => {
      const [first, last] = [group[0] as Told, group.at(-1) as Told];
      const hours = audience.hours.get(last.recipient.personId ?? '') ?? DEFAULT_HOURS;
      return {
        id: ids.next('notification'), recipient: last.recipient, groupKey: groupOf(last.happening), newest: last.happening, firstAt: first.happening.at, occurrences: group.length,
        postAt: moment(last.recipient.webhookId === null ? postAt({ kind: last.happening.kind, mail: last.mail, nowMs, posted: 0 }, hours, clock.minuteOfDay) : nowMs + CHANNEL_GATHER_MS),
        postAgainAt: moment(postAt({ kind: last.happening.kind, mail: last.mail, nowMs, posted: 1 }, hours, clock.minuteOfDay)),
      };
    });
    await tx.notifications.tell(tellings);
    for (const personId of new Set(tellings.map(({ recipient }) => recipient.personId))) {
      if (personId !== null) await tx.outbox.change({ noun: 'notification', id: personId, verb: 'told', projectId: null, experimentId: null, subjectId: personId });
    }
    return happenings.length;
  });
}

function toPeople(happening: Happening, { projects, owners, approvers, listeners, rules }: Audience): Told[] {
  const project = projects.get(happening.projectId);
  if (!project) return [];
  const sees = listeners.filter((listener) => mayIn(roleIn(listener, project), 'project.read')).map(({ personId }) => personId);
  const concern = { addresseeIds: happening.addresseeIds, ownerIds: [...(owners.get(happening.experimentId ?? '') ?? []), ...(happening.kind === 'APPROVAL_STALE' ? approvers.get(happening.experimentId ?? '') ?? [] : [])] };
  return recipientsOf(happening, concern, { sees, rules }).map(({ personId, rule }) => ({ recipient: { personId, webhookId: null }, mail: rule.mail, happening }));
}

/** A webhook is a place, not a person: what is meant for somebody by name is nothing for a channel. */
const toWebhooks = (happening: Happening, { webhooks }: Audience): Told[] => webhooks
  .filter((webhook) => webhook.projectId === happening.projectId && webhook.kinds.includes(happening.kind))
  .map(({ id }) => ({ recipient: { personId: null, webhookId: id }, mail: 'AT_ONCE', happening }));
