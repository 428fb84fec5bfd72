'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Suspense, useState, type ReactNode } from 'react';
import { HereNowAvatars } from '../_features/presence/here-now.tsx';
import { Button } from '../_ui/button.tsx';
import { useModKey } from '../_ui/kbd.tsx';
import { useKeys } from '../_ui/use-keys.ts';
import { BottomBar } from './bottom-bar.tsx';
import { Breadcrumb, PlaceProvider, usePlace } from './crumbs.tsx';
import { ConnectionNote } from './connection-note.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { Navigation } from './navigation.tsx';
import { Palette } from './palette.tsx';
import { switchTheme } from './theme.ts';
import { projectForNew, useViewer, ViewerProvider } from './viewer.tsx';

/** The frame: navigation, top bar, page; one palette and one set of keys for all pages. */
export function Shell({ children }: { readonly children: ReactNode }) {
  return <ViewerProvider><PlaceProvider><Frame>{children}</Frame></PlaceProvider></ViewerProvider>;
}

const HalfCircle = () => <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true"><circle cx="8" cy="8" r="5.5" /><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" /></svg>;

function Frame({ children }: { readonly children: ReactNode }) {
  const router = useRouter();
  const { project: slug, subject } = usePlace();
  const { projects } = useViewer();
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  const target = projectForNew(projects, slug);
  const mod = useModKey();
  const go = (href: string) => () => router.push(href);

  useKeys({
    'mod+k': () => setOpen((now) => (now === 'palette' ? null : 'palette')),
    '/': () => setOpen('palette'),
    '?': () => setOpen('keys'),
    n: () => { if (target) router.push(`/p/${target.slug}/hypotheses/new`); },
    t: () => switchTheme(),
    'g h': go('/'),
    'g i': go('/inbox'),
    'g s': go('/search'),
    'g p': go('/people'),
    'g t': go('/tokens'),
    'g o': () => { if (target) router.push(`/p/${slug ?? target.slug}`); },
  });

  return (
    <>
      <a className="skip" href="#main">Go to the page</a>
      <div className="app">
        <Suspense><Navigation onShowKeys={() => setOpen('keys')} /></Suspense>
        <div className="min-w-0">
          <header className="top">
            <Breadcrumb />
            <span className="sp" />
            <HereNowAvatars subject={subject} />
            <button type="button" className="cmd" onClick={() => setOpen('palette')}><Search size={16} aria-hidden="true" /><span>Search or run…</span><kbd aria-hidden="true">{mod === '⌘' ? '⌘K' : 'Ctrl K'}</kbd></button>
            <Button look="bare" small icon aria-label="Switch between light and dark" onClick={() => switchTheme()}><HalfCircle /></Button>
          </header>
          <ConnectionNote />
          <main className="page" id="main" tabIndex={-1}>{children}</main>
        </div>
      </div>
      <BottomBar onShowKeys={() => setOpen('keys')} />
      {open === 'palette' ? <Palette onClose={() => setOpen(null)} newHypothesis={target ? `/p/${target.slug}/hypotheses/new` : null} /> : null}
      {open === 'keys' ? <KeysDialog open onClose={() => setOpen(null)} /> : null}
    </>
  );
}
