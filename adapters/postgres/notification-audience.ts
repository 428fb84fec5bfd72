import { rolesFrom } from '../../domain/access/viewer.ts';
import type { Happening, HappeningKind } from '../../domain/notifications/happening.ts';
import { DEFAULT_RULES } from '../../domain/notifications/rules.ts';
import type { Audience } from '../../operations/ports/notifications.ts';
import type { Tx } from './tx.ts';

/** More people than this in one organization are not asked one by one what they want; they hear of what concerns them. */
const MOST_LISTENERS = 5000;

/** Six statements for a batch, however many happenings and people there are. */
export async function audienceOf(tx: Tx, happenings: readonly Happening[]): Promise<Audience> {
  const projectIds = [...new Set(happenings.map(({ projectId }) => projectId))];
  const experimentIds = [...new Set(happenings.flatMap(({ experimentId }) => experimentId ?? []))];
  const kinds = [...new Set(happenings.map(({ kind }) => kind))];
  const [projects, experiments, webhooks] = [
    await tx.project.findMany({ where: { id: { in: projectIds } }, select: { id: true, organizationId: true, openRole: true } }),
    await tx.experiment.findMany({ where: { id: { in: experimentIds } }, select: { id: true, ownerId: true, hypothesis: { select: { authorId: true } } } }),
    await tx.webhook.findMany({ where: { projectId: { in: projectIds }, disabledAt: null } }),
  ];
  const approvers = await approversOf(tx, happenings);
  const owners = new Map(experiments.map(({ id, ownerId, hypothesis }) => [id, [ownerId, hypothesis?.authorId].filter((each) => typeof each === 'string')]));
  const concerned = [...new Set([...happenings.flatMap(({ addresseeIds }) => addresseeIds), ...[...owners.values(), ...approvers.values()].flat()])];
  // By default everybody hears of a new best; of the rest only whom it concerns and who asked for all.
  const openToAll = kinds.some((kind) => DEFAULT_RULES[kind].reach === 'ALL');
  const people = await tx.person.findMany({
    where: {
      disabledAt: null,
      organizationId: { in: [...new Set(projects.map(({ organizationId }) => organizationId))] },
      ...(openToAll ? {} : { OR: [{ id: { in: concerned } }, { notificationRules: { some: { kind: { in: kinds }, reach: 'ALL', projectId: { in: ['', ...projectIds] } } } }] }),
    },
    select: { id: true, organizationId: true, organizationRole: true, memberships: { where: { projectId: { in: projectIds } }, select: { projectId: true, role: true } }, notificationHours: true, notificationRules: { where: { kind: { in: kinds }, projectId: { in: ['', ...projectIds] } } } },
    orderBy: { id: 'asc' },
    take: MOST_LISTENERS,
  });
  return {
    projects: new Map(projects.map((project) => [project.id, project])),
    owners,
    approvers,
    listeners: people.map(({ id, organizationId, organizationRole, memberships }) => ({ personId: id, organizationId, organizationRole, roles: rolesFrom(memberships) })),
    rules: people.flatMap(({ notificationRules }) => notificationRules.map((rule) => ({ ...rule, kind: rule.kind as HappeningKind }))),
    hours: new Map(people.flatMap(({ id, notificationHours }) => (notificationHours ? [[id, notificationHours] as const] : []))),
    webhooks,
  };
}

/** Whose word is at stake where an approval went stale: those whose approvals nobody dismissed. */
async function approversOf(tx: Tx, happenings: readonly Happening[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const stale = happenings.flatMap(({ kind, experimentId }) => (kind === 'APPROVAL_STALE' && experimentId !== null ? [experimentId] : []));
  if (stale.length === 0) return new Map();
  const rows = await tx.review.findMany({ where: { experimentId: { in: stale }, state: 'APPROVED', dismissal: null }, select: { experimentId: true, reviewerId: true }, distinct: ['experimentId', 'reviewerId'] });
  return new Map([...Map.groupBy(rows, ({ experimentId }) => experimentId)].map(([id, own]) => [id, own.map(({ reviewerId }) => reviewerId)]));
}
