import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const InboxQuery = graphql(`
  query Inbox($first: Int!, $after: String, $unread: Boolean!) {
    viewer {
      id unreadNotifications mailsNotifications
      notifications(first: $first, after: $after, unread: $unread) {
        nodes { id kind title text path occurrences lastAt readAt project { id name slug } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);
export type InboxNotification = ResultOf<typeof InboxQuery>['viewer']['notifications']['nodes'][number];

export const NotificationsUpdated = graphql(`subscription NotificationsUpdated { notificationsUpdated { id unreadNotifications } }`);
export const MarkNotificationsRead = graphql(`mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { viewer { id unreadNotifications } } }`);

export const NotificationRulesQuery = graphql(`
  query NotificationRules {
    viewer {
      id mailsNotifications
      notificationHours { timeZone quietFrom quietUntil digestAt }
      notificationRules { kind reach mail chosen project { id slug name } }
    }
  }
`);
export type ShownRule = ResultOf<typeof NotificationRulesQuery>['viewer']['notificationRules'][number];
export type ShownHours = ResultOf<typeof NotificationRulesQuery>['viewer']['notificationHours'];

export const SaveNotificationRule = graphql(`mutation SaveNotificationRule($input: SaveNotificationRuleInput!) { saveNotificationRule(input: $input) { viewer { id } } }`);
export const ForgetNotificationRules = graphql(`mutation ForgetNotificationRules($input: ForgetNotificationRulesInput!) { forgetNotificationRules(input: $input) { viewer { id } } }`);
export const SaveNotificationHours = graphql(`mutation SaveNotificationHours($input: SaveNotificationHoursInput!) { saveNotificationHours(input: $input) { viewer { id } } }`);

export const WebhooksQuery = graphql(`
  query Webhooks($slug: String!) {
    project(slug: $slug) {
      id
      webhooks { id name format url kinds disabledAt createdAt createdBy { id name } deliveries { id state attempts problem createdAt nextAttemptAt settledAt } }
    }
  }
`);
export type ShownWebhook = NonNullable<ResultOf<typeof WebhooksQuery>['project']>['webhooks'][number];

export const CreateWebhook = graphql(`mutation CreateWebhook($input: CreateWebhookInput!) { createWebhook(input: $input) { secret webhook { id name } } }`);
export const SetWebhookEnabled = graphql(`mutation SetWebhookEnabled($input: SetWebhookEnabledInput!) { setWebhookEnabled(input: $input) { webhook { id disabledAt } } }`);
export const TryWebhook = graphql(`mutation TryWebhook($input: TryWebhookInput!) { tryWebhook(input: $input) { webhook { id } } }`);
export const DeleteWebhook = graphql(`mutation DeleteWebhook($input: DeleteWebhookInput!) { deleteWebhook(input: $input) { webhook { id } } }`);
