'use client';

import { graphql } from '../../_graphql/graphql.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { NotificationsUpdated } from './notification-documents.ts';

const UnreadQuery = graphql(`query Unread { viewer { id unreadNotifications } }`);
const ALWAYS = [{}];

/** How many notifications are unread, kept live on every page. */
export function useUnread(): number {
  const [{ data }, again] = useQuery({ query: UnreadQuery, requestPolicy: 'cache-and-network' });
  useLive(NotificationsUpdated, ALWAYS, again);
  return data?.viewer.unreadNotifications ?? 0;
}
