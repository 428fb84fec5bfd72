'use client';

import { useEffect, useRef } from 'react';
import Link from 'next/link';

export interface Tab { readonly key: string; readonly label: string; readonly href: string; readonly count?: number | null }

/** What is left free behind the last tab, in pixels. */
const END = 16;

/** Tabs are links: the address holds the view, so any view can be sent to a colleague. */
export function Tabs({ label, tabs, current }: { readonly label: string; readonly tabs: readonly Tab[]; readonly current: string }) {
  const bar = useRef<HTMLElement>(null);
  // On a narrow screen the tabs are wider than it: the chosen one is moved into sight, and nothing else.
  useEffect(() => {
    const chosen = bar.current?.querySelector<HTMLElement>('[aria-current]');
    if (!bar.current || !chosen) return;
    const beyond = chosen.getBoundingClientRect().right + END - bar.current.getBoundingClientRect().right;
    if (beyond > 0) bar.current.scrollLeft += beyond;
  }, [current]);
  return (
    <nav className="tabs" aria-label={label} ref={bar}>
      {tabs.map((tab) => (
        <Link key={tab.key} href={tab.href} scroll={false} {...(tab.key === current ? { 'aria-current': 'page' as const } : {})}>
          {tab.label}{tab.count ? <span className="num">{tab.count}</span> : null}
        </Link>
      ))}
    </nav>
  );
}
