import Link from 'next/link';

export interface Tab { readonly key: string; readonly label: string; readonly href: string; readonly count?: number | null }

/** Tabs are links: the address holds the view, so any view can be sent to a colleague. */
export function Tabs({ label, tabs, current }: { readonly label: string; readonly tabs: readonly Tab[]; readonly current: string }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.key} href={tab.href} scroll={false} {...(tab.key === current ? { 'aria-current': 'page' as const } : {})}>
          {tab.label}{tab.count ? <span className="num">{tab.count}</span> : null}
        </Link>
      ))}
    </nav>
  );
}
