import { Suspense } from 'react';
import { InboxPage } from '../../_features/notifications/inbox-page.tsx';

export default function Inbox() {
  return <Suspense><InboxPage /></Suspense>;
}
