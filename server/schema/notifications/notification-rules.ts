import { DEFAULT_HOURS, type Hours } from '../../../domain/notifications/hours.ts';
import { HAPPENING_KINDS, type HappeningKind } from '../../../domain/notifications/happening.ts';
import { DEFAULT_RULES, type Rule } from '../../../domain/notifications/rules.ts';
import { markRead } from '../../../operations/notifications/mark-read.ts';
import { forgetNotificationRules, saveNotificationHours, saveNotificationRule } from '../../../operations/notifications/save-notification-rules.ts';
import type { Viewer } from '../../../domain/access/viewer.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { projectOf } from '../loaders.ts';
import { ProjectRef } from '../types.ts';
import { ViewerRef } from '../viewer/viewer.ts';
import { HappeningKindEnum } from './notification.ts';

const ReachEnum = builder.enumType('NotificationReach', { values: ['NONE', 'MINE', 'ALL'] as const, description: 'Of which happenings: none, those that concern one, all of the projects one sees.' });
const MailEnum = builder.enumType('NotificationMail', { values: ['NONE', 'DIGEST', 'AT_ONCE'] as const, description: 'Whether it also comes by mail: not, once a day, or within minutes.' });

interface ShownRule extends Rule { readonly kind: HappeningKind; readonly projectId: string | null; readonly chosen: boolean }

const NotificationRuleRef = builder.objectRef<ShownRule>('NotificationRule').implement({
  description: 'How the viewer hears of a kind of thing.',
  fields: (t) => ({
    kind: t.field({ type: HappeningKindEnum, resolve: ({ kind }) => kind }),
    reach: t.field({ type: ReachEnum, resolve: ({ reach }) => reach }),
    mail: t.field({ type: MailEnum, resolve: ({ mail }) => mail }),
    chosen: t.exposeBoolean('chosen', { description: 'False while it is what holds for who chose nothing.' }),
    project: t.field({ type: ProjectRef, nullable: true, description: 'Null: all projects without a rule of their own.', resolve: async ({ projectId }, _, context) => (projectId === null ? null : (await projectOf(context, projectId)) ?? null) }),
  }),
});

const NotificationHoursRef = builder.objectRef<Hours>('NotificationHours').implement({
  description: 'When mail comes. Minutes of the day, 0 to 1439, in the time zone.',
  fields: (t) => ({
    timeZone: t.exposeString('timeZone'),
    quietFrom: t.exposeInt('quietFrom', { nullable: true, description: 'From here to quietUntil, over midnight when that is smaller, no mail comes.' }),
    quietUntil: t.exposeInt('quietUntil', { nullable: true }),
    digestAt: t.exposeInt('digestAt'),
  }),
});

/** All kinds for all projects, then what was chosen for single ones. */
builder.objectField(ViewerRef, 'notificationRules', (t) => t.field({
  type: [NotificationRuleRef],
  description: 'One rule a kind for all projects, the defaults included; then those chosen for single projects.',
  resolve: async ({ personId }, _args, { reader }) => {
    const rows = await reader.notificationRule.findMany({ where: { personId }, orderBy: [{ projectId: 'asc' }, { kind: 'asc' }], take: 2000 });
    const everywhere = HAPPENING_KINDS.map((kind): ShownRule => {
      const own = rows.find((row) => row.projectId === '' && row.kind === kind);
      return { kind, projectId: null, ...(own ?? DEFAULT_RULES[kind]), ...(own ? { projectId: null, kind } : {}), chosen: own !== undefined };
    });
    return [...everywhere, ...rows.filter((row) => row.projectId !== '').map((row): ShownRule => ({ ...row, kind: row.kind as HappeningKind, chosen: true }))];
  },
}));

builder.objectField(ViewerRef, 'notificationHours', (t) => t.field({
  type: NotificationHoursRef,
  resolve: async ({ personId }, _args, { reader }) => (await reader.notificationHours.findUnique({ where: { personId } })) ?? DEFAULT_HOURS,
}));

builder.objectField(ViewerRef, 'mailsNotifications', (t) => t.boolean({
  description: 'False where no mail server is set: notifications then stay in Lemma.',
  resolve: (_viewer, _args, { ports }) => ports.mail.configured,
}));

const payload = (name: string) => builder.objectRef<{ readonly viewer: Viewer }>(name).implement({ fields: (t) => ({ viewer: t.field({ type: ViewerRef, resolve: ({ viewer }) => viewer }) }) });

const SaveRuleInput = builder.inputType('SaveNotificationRuleInput', {
  fields: (t) => ({
    project: t.string({ description: 'A slug; without it the rule is for all projects.' }),
    kind: t.field({ type: HappeningKindEnum, required: true }),
    reach: t.field({ type: ReachEnum, required: true }),
    mail: t.field({ type: MailEnum, required: true }),
  }),
});
const ForgetRulesInput = builder.inputType('ForgetNotificationRulesInput', { fields: (t) => ({ project: t.string({ description: 'A slug; without it the rules for all projects.' }) }) });
const SaveHoursInput = builder.inputType('SaveNotificationHoursInput', {
  fields: (t) => ({ timeZone: t.string({ required: true, description: 'Of the tz database: Europe/Berlin.' }), quietFrom: t.int(), quietUntil: t.int(), digestAt: t.int({ required: true }) }),
});
const MarkReadInput = builder.inputType('MarkNotificationsReadInput', { fields: (t) => ({ notifications: t.idList({ description: 'Their ids, at most 200; without them all.' }) }) });

builder.mutationField('saveNotificationRule', (t) => t.field({
  type: payload('SaveNotificationRulePayload'),
  args: { input: t.arg({ type: SaveRuleInput, required: true }) },
  resolve: async (_root, { input }, context) => {
    await saveNotificationRule(context.ports, viewerOf(context), input);
    return { viewer: viewerOf(context) };
  },
}));
builder.mutationField('forgetNotificationRules', (t) => t.field({
  type: payload('ForgetNotificationRulesPayload'),
  args: { input: t.arg({ type: ForgetRulesInput, required: true }) },
  resolve: async (_root, { input }, context) => {
    await forgetNotificationRules(context.ports, viewerOf(context), input);
    return { viewer: viewerOf(context) };
  },
}));
builder.mutationField('saveNotificationHours', (t) => t.field({
  type: payload('SaveNotificationHoursPayload'),
  args: { input: t.arg({ type: SaveHoursInput, required: true }) },
  resolve: async (_root, { input }, context) => {
    await saveNotificationHours(context.ports, viewerOf(context), { ...input, quietFrom: input.quietFrom ?? null, quietUntil: input.quietUntil ?? null });
    return { viewer: viewerOf(context) };
  },
}));
builder.mutationField('markNotificationsRead', (t) => t.field({
  type: payload('MarkNotificationsReadPayload'),
  args: { input: t.arg({ type: MarkReadInput, required: true }) },
  resolve: async (_root, { input }, context) => {
    await markRead(context.ports, viewerOf(context), input.notifications ? input.notifications.slice(0, 200) : 'all');
    return { viewer: viewerOf(context) };
  },
}));
