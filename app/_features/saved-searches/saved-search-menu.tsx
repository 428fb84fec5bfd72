'use client';

import { Bookmark, BookmarkCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Menu, MenuHead, MenuItem, MenuLink, MenuRule } from '../../_ui/menu.tsx';
import { searchAddressFrom, searchState, type SearchAddress } from '../search/search-address.ts';
import type { SavedSearch } from './saved-search-documents.ts';
import { SavedSearchDialog, type Asked } from './saved-search-dialog.tsx';

/** Beside a question: keeps it under a name, or says which one it has, and leads to the others. */
export function SavedSearchMenu({ address, searches }: { readonly address: SearchAddress; readonly searches: readonly SavedSearch[] }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const state = searchState(address);
  // Programs may write the parameters in another order.
  const current = searches.find((each) => searchState(searchAddressFrom(new URLSearchParams(each.state))) === state) ?? null;
  return (
    <div className="row wrap ml-auto min-w-0">
      {/* One button that changes what it says: the focus that was on it when the dialog opened finds it again. */}
      <Button small onClick={() => setAsked(current ? { to: 'rename', search: current } : { to: 'save', state, name: address.text.slice(0, 80) })}>
        {current ? <><BookmarkCheck aria-hidden="true" /><span className="tr max-w-[200px] py-0.5">Saved as “{current.name}”</span></> : <><Bookmark aria-hidden="true" />Save this search</>}
      </Button>
      {searches.length > 0 && (
        <Menu align="end" trigger={<Button small>Saved searches</Button>}>
          {current && <><MenuItem onSelect={() => setAsked({ to: 'rename', search: current })}>Rename “{current.name}”…</MenuItem><MenuItem onSelect={() => setAsked({ to: 'delete', search: current })}>Delete “{current.name}”…</MenuItem><MenuRule /></>}
          <MenuHead>Saved searches, for you alone</MenuHead>
          {searches.map(({ id, name, state: its }) => <MenuLink key={id} href={`/search?${its}`} prefetch={false}><span className={`tr ${id === current?.id ? 'font-medium' : ''}`}>{name}</span></MenuLink>)}
        </Menu>
      )}
      <SavedSearchDialog asked={asked} onClose={() => setAsked(null)} />
    </div>
  );
}
