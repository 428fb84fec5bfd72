'use client';

import { AtSign, CheckCheck, CircleAlert, CirclePause, FlaskConical, ListTodo, MessageSquare, Sparkles, Stamp, Trophy, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import type { HappeningKind } from '../../../domain/notifications/happening.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button, ButtonLink } from '../../_ui/button.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { PageHead } from '../../_ui/section.tsx';
import { Tabs } from '../../_ui/tabs.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import { InboxQuery, MarkNotificationsRead, NotificationsUpdated, type InboxNotification } from './notification-documents.ts';

const ICONS: Readonly<Record<HappeningKind, LucideIcon>> = {
  RUN_FINISHED: CheckCheck, RUN_FAILED: CircleAlert, RUN_DIVERGED: CircleAlert, RUN_STALLED: CirclePause, VERDICT_REACHED: FlaskConical, NEW_BEST: Trophy, NOTEWORTHY: Sparkles,
  REVIEW_REQUESTED: Stamp, REVIEW_DECIDED: Stamp, APPROVAL_STALE: Stamp, MENTIONED: AtSign, REPLIED: MessageSquare, ACTION_ITEM: ListTodo,
};

const PAGE = 50;
const MOST = 200;
const LIVE = [{}];

/** What this person was told, newest first. What is opened counts as read. */
export function InboxPage() {
  useCrumbs([{ label: 'Inbox' }]);
  const which = useSearchParams().get('show') === 'all' ? 'all' : 'unread';
  const [first, setFirst] = useState(PAGE);
  const [{ data, error, fetching }, again] = useQuery({ query: InboxQuery, variables: { first, after: null, unread: which === 'unread' }, requestPolicy: 'cache-and-network' });
  const [, mark] = useMutation(MarkNotificationsRead);
  useLive(NotificationsUpdated, LIVE, again);
  if (!data) return <Absent failure={failureOf(error)} fetching={fetching} what="page" again={again} />;
  const { notifications: { nodes, pageInfo }, unreadNotifications } = data.viewer;
  const read = async (ids: readonly string[] | null): Promise<void> => {
    const failure = failureOf((await mark({ input: ids === null ? {} : { notifications: [...ids] } })).error);
    if (failure) toast.error(failure.message);
    again();
  };
  return (
    <>
      <PageHead title="Inbox" meta={<div className="meta"><span>{unreadNotifications === 0 ? 'Nothing unread' : `${unreadNotifications} unread`}</span></div>}>
        <ButtonLink href="/inbox/settings">What I am told</ButtonLink>
        <Button disabled={unreadNotifications === 0} onClick={() => { void read(null); }}>Mark all read</Button>
      </PageHead>
      <div className="mt-4"><Tabs label="Which notifications" current={which} tabs={[{ key: 'unread', label: 'Unread', href: '/inbox', count: unreadNotifications }, { key: 'all', label: 'All', href: '/inbox?show=all' }]} /></div>
      {nodes.length === 0 ? <NothingHere unread={which === 'unread'} /> : <ul aria-label="Notifications">{nodes.map((each) => <Row key={each.id} of={each} onRead={() => { void read([each.id]); }} />)}</ul>}
      {pageInfo.hasNextPage && first < MOST ? <div className="mt-4"><Button onClick={() => setFirst((size) => Math.min(MOST, size + PAGE))}>Show more</Button></div> : null}
    </>
  );
}

const NothingHere = ({ unread }: { readonly unread: boolean }) => (unread
  ? <Empty fact="Nothing waits to be read." />
  : <Empty fact="Nobody has told you anything yet." steps={['Ask for a review, mention somebody with @ in a comment, or start a run: who it concerns is told here.', <>Choose under <Link key="link" href="/inbox/settings">What I am told</Link> what also comes by mail.</>]} />);

function Row({ of: { kind, title, text, path, lastAt, readAt, project }, onRead }: { readonly of: InboxNotification; readonly onRead: () => void }) {
  const Icon = ICONS[kind];
  const fresh = readAt === null;
  return (
    <li className="li grid-cols-[16px_minmax(0,1fr)_max-content] items-start" data-unread={fresh || undefined}>
      <Icon size={16} className={`mt-0.5 ${fresh ? 'text-accent' : 'text-ink-3'}`} aria-hidden="true" />
      <div className="min-w-0">
        <Link className={`ti ${fresh ? '' : 'font-normal text-ink-2'}`} href={path} onClick={() => { if (fresh) onRead(); }}>{fresh ? <span className="vh">Unread: </span> : null}{title}</Link>
        {text === '' ? null : <p className="line-clamp-2 text-12 text-ink-2">{text}</p>}
        {project ? <p className="hint">{project.name}</p> : null}
      </div>
      <span className="flex items-center gap-2"><span className="hint"><RelativeTime short at={lastAt} /></span>{fresh ? <Button small look="bare" onClick={onRead} aria-label={`Mark “${title}” read`}>Read</Button> : null}</span>
    </li>
  );
}
