'use client';

import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useViewer, type KnownProject } from '../../_shell/viewer.tsx';
import { Button } from '../../_ui/button.tsx';
import { MenuItem, RareMenu } from '../../_ui/menu.tsx';
import { Section } from '../../_ui/section.tsx';
import { searchAddressFrom } from '../search/search-address.ts';
import type { SavedSearch } from './saved-search-documents.ts';
import { SavedSearchDialog, type Asked } from './saved-search-dialog.tsx';

/** The searches that somebody keeps, each a link to its address. */
export function SavedSearchList({ searches }: { readonly searches: readonly SavedSearch[] }) {
  const { projects } = useViewer();
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <Section title="Saved searches" count={searches.length} aside="for you alone; an address may be sent">
      <ul>
        {searches.map((search) => {
          const says = whatItSays(search, projects);
          return (
            <li key={search.id} className="li grid-cols-[minmax(0,1fr)_max-content]">
              <div className="min-w-0">
                <Link className="ti" href={`/search?${search.state}`} prefetch={false}>{search.name}</Link>
                {says === '' ? null : <p className="hint tr" title={says}>{says}</p>}
              </div>
              <RareMenu align="end" trigger={<Button look="bare" small icon aria-label={`More about “${search.name}”`}><Ellipsis aria-hidden="true" /></Button>}>
                <MenuItem onSelect={() => setAsked({ to: 'rename', search })}>Rename…</MenuItem>
                <MenuItem onSelect={() => setAsked({ to: 'delete', search })}>Delete…</MenuItem>
              </RareMenu>
            </li>
          );
        })}
      </ul>
      <SavedSearchDialog asked={asked} onClose={() => setAsked(null)} />
    </Section>
  );
}

/** What is asked, where it is not the name already, and what it is narrowed by. */
function whatItSays({ name, state }: SavedSearch, projects: readonly KnownProject[]): string {
  const { text, project, chosen } = searchAddressFrom(new URLSearchParams(state));
  const where = project === null ? '' : `in ${projects.find(({ slug }) => slug === project)?.name ?? project}`;
  const narrowed = chosen.size === 0 ? '' : `narrowed by ${[...chosen.keys()].map((facet) => WORDS[facet]).join(', ')}`;
  return [text === name ? '' : text, where, narrowed].filter(Boolean).join(' · ');
}

const WORDS = { KIND: 'kind', VERDICT: 'verdict', STATUS: 'status', OWNER: 'owner', WHEN: 'age' } as const;
