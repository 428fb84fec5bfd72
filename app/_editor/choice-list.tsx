'use client';

import { useEffect, useImperativeHandle, useRef, useState, type ReactNode, type Ref } from 'react';

/** One row of a list that opens while one types. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly detail?: string | undefined;
  /** Rows with the same one stand together under it. */
  readonly group?: string | undefined;
  readonly icon?: ReactNode;
  /** How to have it without the list, such as "##". */
  readonly shortcut?: string | undefined;
}

export interface ChoiceListHandle { readonly press: (event: KeyboardEvent) => boolean }

export interface ChoiceListProps<Item extends Choice> {
  readonly items: readonly Item[];
  readonly label: string;
  readonly loading: boolean;
  readonly nothing: string;
  readonly onChoose: (item: Item) => void;
  /** The text box that keeps the keyboard: it is told which row is meant. */
  readonly box: HTMLElement;
  readonly ref?: Ref<ChoiceListHandle>;
}

const ID = 'choice-list';

/** A list beside the caret. Arrows move, return or tab takes, escape closes; the text box keeps the keyboard and says which row is meant. */
export function ChoiceList<Item extends Choice>({ items, label, loading, nothing, onChoose, box, ref }: ChoiceListProps<Item>) {
  const [at, setAt] = useState({ items, index: 0 });
  const index = at.items === items ? Math.min(at.index, Math.max(0, items.length - 1)) : 0;
  const rows = useRef<HTMLDivElement>(null);
  const move = (by: number): void => setAt({ items, index: items.length === 0 ? 0 : (index + by + items.length) % items.length });
  useImperativeHandle(ref, () => ({
    press: (event) => {
      const item = items[index];
      if (event.isComposing) return false;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { move(event.key === 'ArrowDown' ? 1 : -1); return true; }
      if ((event.key === 'Enter' || event.key === 'Tab') && item !== undefined && !event.shiftKey) { onChoose(item); return true; }
      return false;
    },
  }));
  useEffect(() => {
    box.setAttribute('aria-controls', ID);
    box.setAttribute('aria-haspopup', 'listbox');
    return () => { for (const name of ['aria-controls', 'aria-haspopup', 'aria-activedescendant']) box.removeAttribute(name); };
  }, [box]);
  useEffect(() => {
    const row = rows.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (row) box.setAttribute('aria-activedescendant', row.id);
    else box.removeAttribute('aria-activedescendant');
    row?.scrollIntoView({ block: 'nearest' });
  });
  return (
    <div className="menu choice-list" ref={rows}>
      <div role="listbox" id={ID} aria-label={label}>
        {grouped(items).map(({ group, rows: members }, part) => (
          <div key={`${part}${group ?? ''}`} role="group" aria-label={group ?? label}>
            {group !== undefined && <div className="menu-head" aria-hidden="true">{group}</div>}
            {members.map(({ item, place }) => (
              <div
                key={item.key} id={`${ID}-${place}`} role="option" aria-selected={place === index} className="menu-item" {...(place === index ? { 'data-highlighted': '' } : {})}
                onPointerMove={() => { if (place !== index) setAt({ items, index: place }); }}
                onPointerDown={(event) => { event.preventDefault(); onChoose(item); }}
              >
                {item.icon}<span className="tr">{item.label}{item.detail !== undefined && <span className="text-ink-3"> {item.detail}</span>}</span>
                {item.shortcut !== undefined && <><span className="sp" /><kbd className="hk" aria-hidden="true">{item.shortcut}</kbd></>}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p className={items.length === 0 ? 'hint choice-none' : 'vh'} role="status">{items.length === 0 ? (loading ? 'Looking…' : nothing) : `${items.length} to choose from`}</p>
    </div>
  );
}

function grouped<Item extends Choice>(items: readonly Item[]): { group: string | undefined; rows: { item: Item; place: number }[] }[] {
  const groups: { group: string | undefined; rows: { item: Item; place: number }[] }[] = [];
  for (const [place, item] of items.entries()) {
    const last = groups.at(-1);
    if (last !== undefined && last.group === item.group) last.rows.push({ item, place });
    else groups.push({ group: item.group, rows: [{ item, place }] });
  }
  return groups;
}
