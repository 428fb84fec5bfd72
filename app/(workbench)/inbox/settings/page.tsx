import { NotificationSettings } from '../../../_features/notifications/notification-settings.tsx';

export default function InboxSettings() {
  return <NotificationSettings />;
}
