'use client';

import { House, LibraryBig, Plus, Search, UserRound } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { UnreadCount } from '../_features/notifications/unread-count.tsx';
import { useUnread } from '../_features/notifications/use-unread.ts';
import { usePlace } from './crumbs.tsx';
import { ViewerMenu } from './viewer-menu.tsx';
import { projectForNew, useViewer } from './viewer.tsx';

const current = (yes: boolean) => (yes ? { 'aria-current': 'page' as const } : {});

/** The five places a thumb reaches. */
export function BottomBar({ onShowKeys }: { readonly onShowKeys: () => void }) {
  const path = usePathname();
  const { project: slug } = usePlace();
  const { projects } = useViewer();
  const unread = useUnread();
  const project = projectForNew(projects, slug) ?? projects[0] ?? null;
  const home = project ? `/p/${project.slug}` : '/';
  const write = project ? `/p/${project.slug}/hypotheses/new` : '/';
  return (
    <nav className="bottom" aria-label="Main, compact">
      <Link href="/" {...current(path === '/')}><House aria-hidden="true" />Home</Link>
      <Link href={home} {...current(path === home && home !== '/')}><LibraryBig aria-hidden="true" /><span className="tr max-w-full">{project?.name ?? 'Projects'}</span></Link>
      <Link href={write} {...current(path === write && write !== '/')}><Plus aria-hidden="true" />New</Link>
      <Link href="/search" {...current(path === '/search')}><Search aria-hidden="true" />Tried</Link>
      <ViewerMenu onShowKeys={onShowKeys} trigger={<button type="button"><span className="of"><UserRound aria-hidden="true" /><UnreadCount unread={unread} /></span>You</button>} unread={unread} />
    </nav>
  );
}
