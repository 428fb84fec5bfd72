import { mayIn } from '../../domain/access/policy.ts';
import { roleIn, rolesFrom } from '../../domain/access/viewer.ts';
import { RUN_KINDS, type HappeningDetail, type HappeningKind } from '../../domain/notifications/happening.ts';
import type { DuePosting } from '../../operations/ports/notifications.ts';
import type { Tx } from './tx.ts';

/** As many as one message tells of; the rest leave with the next. A letter has room for more than a line in a channel, and its next may be long in coming. */
const MOST_AT_ONCE = { letter: 500, channel: 50 } as const;

/** All that is due to the recipient that waited longest; its rows are locked, so that another worker takes another recipient. */
export async function duePostings(tx: Tx, at: Date): Promise<readonly DuePosting[]> {
  const [first] = await tx.$queryRaw<{ personId: string | null; webhookId: string | null }[]>`
    SELECT person_id AS "personId", webhook_id AS "webhookId" FROM notifications WHERE post_at <= ${at} ORDER BY post_at LIMIT 1 FOR UPDATE SKIP LOCKED`;
  if (!first) return [];
  const locked = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM notifications WHERE post_at <= ${at} AND (person_id = ${first.personId} OR webhook_id = ${first.webhookId}) ORDER BY post_at, id LIMIT ${first.personId === null ? MOST_AT_ONCE.channel : MOST_AT_ONCE.letter} FOR UPDATE SKIP LOCKED`;
  const rows = await tx.notification.findMany({
    where: { id: { in: locked.map(({ id }) => id) } },
    include: { project: { select: { id: true, name: true, slug: true, organizationId: true, openRole: true } }, person: { select: { id: true, disabledAt: true, organizationId: true, organizationRole: true, memberships: { select: { projectId: true, role: true } } } } },
    orderBy: [{ firstAt: 'asc' }, { id: 'asc' }],
  });
  const experimentIds = rows.flatMap(({ experimentId }) => experimentId ?? []);
  const found = await tx.experiment.findMany({ where: { id: { in: experimentIds } }, select: { id: true, number: true, name: true, project: { select: { key: true } } } });
  const experiments = found.map(({ id, number, name, project }) => ({ id, key: `${project.key}-${number}`, name }));
  const actors = await tx.person.findMany({ where: { id: { in: rows.flatMap(({ actorId }) => actorId ?? []) } }, select: { id: true, name: true } });
  const going = await tx.run.groupBy({ by: ['experimentId'], where: { experimentId: { in: experimentIds }, status: { in: ['RUNNING', 'SCHEDULED'] }, deletedAt: null } });
  const stirred = await tx.notification.groupBy({ by: ['experimentId'], where: { personId: first.personId, webhookId: first.webhookId, readAt: null, experimentId: { in: experimentIds }, kind: { in: [...RUN_KINDS] } }, _max: { lastAt: true } });
  const stirredAt = new Map(stirred.map((each) => [each.experimentId, each._max.lastAt]));
  return rows.map((row): DuePosting => {
    const { id, personId, webhookId, projectId, experimentId, person, project, firstAt, lastAt, posted, occurrences, kind, detail, actorId } = row;
    const experiment = experiments.find((each) => each.id === experimentId) ?? null;
    const sees = person === null || (person.disabledAt === null && mayIn(roleIn({ ...person, roles: rolesFrom(person.memberships) }, project), 'project.read'));
    return {
      id, projectId, experimentId, firstAt, lastAt, posted, stirredAt: stirredAt.get(experimentId) ?? lastAt,
      recipient: personId === null ? { personId, webhookId: webhookId ?? '' } : { personId, webhookId: null },
      told: { kind: kind as HappeningKind, occurrences: Math.max(1, occurrences - posted), before: posted, detail: detail as HappeningDetail, actor: actors.find((each) => each.id === actorId)?.name ?? null, project, experiment },
      runsGoing: going.some((each) => each.experimentId === experimentId),
      wanted: row.readAt === null && sees && (experimentId === null || experiment !== null),
    };
  });
}
