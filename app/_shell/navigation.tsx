'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useUnread } from '../_features/notifications/use-unread.ts';
import { Kbd } from '../_ui/kbd.tsx';
import { usePlace } from './crumbs.tsx';
import { DESTINATIONS, ProjectIcon, projectParts } from './destinations.ts';
import { Mark } from './mark.tsx';
import { ViewerMenu } from './viewer-menu.tsx';
import { useViewer, type KnownProject } from './viewer.tsx';

const current = (yes: boolean) => (yes ? { 'aria-current': 'page' as const } : {});

const isWaitedAt = (href: string): href is '/' | '/inbox' => href === '/' || href === '/inbox';

export function Navigation({ onShowKeys }: { readonly onShowKeys: () => void }) {
  const path = usePathname();
  const { project: slug } = usePlace();
  const { viewer, projects } = useViewer();
  const here = projects.find((project) => project.slug === slug) ?? null;
  const others = projects.filter((project) => project.slug !== slug);
  const asked = viewer?.reviewRequests.length ?? 0;
  const unread = useUnread();
  const waiting = { '/': { n: asked, words: `${asked} waiting for you` }, '/inbox': { n: unread, words: `${unread} unread` } };
  return (
    <nav className="nav" aria-label="Main">
      <div>
        <Link className="logo" href="/"><Mark />Lemma</Link>
        <ul>
          {DESTINATIONS.map(({ label, href, keys, icon: Icon }) => (
            <li key={href}>
              <Link href={href} {...current(path === href)}>
                <Icon className="i" aria-hidden="true" /><span className="tr">{label}</span>
                {isWaitedAt(href) && waiting[href].n > 0 ? <span className="n" title={waiting[href].words}>{waiting[href].n > 99 ? '99+' : waiting[href].n}</span> : <span className="keys"><Kbd keys={keys} /></span>}
              </Link>
            </li>
          ))}
        </ul>
        {here ? <ProjectParts project={here} path={path} /> : null}
        {others.length > 0 ? (
          <div>
            <p className="hd">{here ? 'Other projects' : 'Projects'}</p>
            <ul>{others.map((project) => <li key={project.id}><Link href={`/p/${project.slug}`}><ProjectIcon className="i" aria-hidden="true" /><span className="tr">{project.name}</span>{project.activeRunCount > 0 ? <span className="n" title={`${project.activeRunCount} going`}>{project.activeRunCount}</span> : null}</Link></li>)}</ul>
          </div>
        ) : null}
        <span className="sp" />
        <ViewerMenu onShowKeys={onShowKeys} />
      </div>
    </nav>
  );
}

function ProjectParts({ project, path }: { readonly project: KnownProject; readonly path: string }) {
  const view = useSearchParams().get('view');
  const address = view && path === `/p/${project.slug}` ? `${path}?view=${view}` : path;
  return (
    <div>
      <p className="hd tr">{project.name}</p>
      <ul>{projectParts(project.slug).map(({ label, href }) => <li key={href}><Link href={href} {...current(address === href)}><ProjectPartIcon label={label} />{label}{label === 'Runs' && project.activeRunCount > 0 ? <span className="n" title={`${project.activeRunCount} going`}>{project.activeRunCount}</span> : null}</Link></li>)}</ul>
    </div>
  );
}

const PATHS: Readonly<Record<string, string>> = {
  Hypotheses: 'M3 2.5h8.5A1.5 1.5 0 0 1 13 4v9.5H4.5A1.5 1.500 0 0 1 3 12zM3 12a1.5 1.5 0 0 1 1.5-1.500H13',
  Experiments: 'M1.500 1.500v13M14.500 1.500v13M4 8h8',
  Runs: 'M2 12.500 5.500 8l3 2.500L14 3.500',
  Meetings: 'M5.5 3.7a2.3 2.3 0 1 0 0 4.6a2.3 2.3 0 0 0 0-4.600M1.5 13c.3-2.4 1.8-3.6 4-3.6s3.7 1.2 4 3.600M10.5 4a2.2 2.2 0 0 1 0 4.200M12 9.800c1.5.4 2.3 1.5 2.5 3.2',
  Lineage: 'M2.5 6.2a1.800 1.800 0 1 0 0 3.600a1.800 1.800 0 0 0 0-3.600M13.2 2a1.800 1.800 0 1 0 0 3.600a1.800 1.800 0 0 0 0-3.600M13.2 10.400a1.800 1.800 0 1 0 0 3.600a1.800 1.800 0 0 0 0-3.600M4.300 7.600c3.500 0 3.500-3.800 7.100-3.800M4.300 8.400c3.500 0 3.500 3.800 7.100 3.800',
  Datasets: 'M2.5 4c0-1.100 2.500-2 5.500-2s5.500.9 5.500 2s-2.500 2-5.500 2s-5.500-.9-5.500-2zM2.5 4v8c0 1.100 2.500 2 5.500 2s5.500-.9 5.500-2V4M2.5 8c0 1.100 2.500 2 5.500 2s5.500-.9 5.500-2',
  Code: 'M5.500 4.500L2 8l3.500 3.500M10.500 4.500L14 8l-3.500 3.500M9.200 3l-2.400 10',
  Dashboard: 'M2.5 2.5h4.500v6h-4.500zM9 2.5h4.500v3h-4.500zM9 8h4.500v5.500h-4.500zM2.5 11h4.500v2.500h-4.500z',
  Settings: 'M2 5h12M2 11h12M10.500 3v4M5.500 9v4',
};

const ProjectPartIcon = ({ label }: { readonly label: string }) => (
  <svg className="i" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true"><path d={PATHS[label]} />{label === 'Experiments' ? <circle cx="8" cy="8" r="2.6" fill="currentColor" stroke="none" /> : null}</svg>
);
