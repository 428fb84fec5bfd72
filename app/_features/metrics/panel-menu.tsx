'use client';

import { useState } from 'react';
import { DropdownMenu } from 'radix-ui';
import type { ChartView } from '../../_charts/chart-view.ts';
import { SmoothingFields } from '../../_charts/smoothing-fields.tsx';
import { MenuRule } from '../../_ui/menu.tsx';
import type { Grid } from './grid.ts';
import { overlaid, pinToggled, stepped, takenOut, wideToggled, withOverride, withoutOverride } from './grid-moves.ts';
import type { GridPanel, PanelSection } from './grid-panels.ts';
import { wordSearch } from './metric-search.ts';

interface PanelMenuProps {
  readonly grid: Grid;
  readonly section: PanelSection;
  readonly panel: GridPanel;
  readonly wide: boolean;
  readonly chart: ChartView;
}

const MOST_FOUND = 12;

/** What can be done with one chart, all of it by keyboard. */
export function PanelMenu({ grid, section, panel, wide, chart }: PanelMenuProps) {
  const { view, onView } = grid;
  const at = section.panels.findIndex(({ id }) => id === panel.id);
  const item = (words: string, act: () => void, disabled = false) => <DropdownMenu.Item className="menu-item" disabled={disabled} onSelect={act}>{words}</DropdownMenu.Item>;
  return (
    <>
      {item(view.pinned.includes(panel.id) ? 'Unpin' : 'Pin to the top', () => onView(pinToggled(view, panel.id)))}
      {item(wide ? 'As small as the rest' : 'As wide as the page', () => onView(wideToggled(view, panel.id)))}
      {item('Move earlier (Alt ←)', () => onView(stepped(view, section, panel.id, -1)), at <= 0)}
      {item('Move later (Alt →)', () => onView(stepped(view, section, panel.id, 1)), at === section.panels.length - 1)}
      <Submenu title="Put another metric in">
        <Overlay grid={grid} panel={panel} />
      </Submenu>
      {panel.keys.slice(1).map((key) => <DropdownMenu.Item key={key} className="menu-item" onSelect={() => onView(takenOut(view, panel.id, key))}>Take {key} out</DropdownMenu.Item>)}
      <Submenu title="Draw it otherwise">
        <DropdownMenu.CheckboxItem className="menu-item" checked={chart.yKind === 'log'} onSelect={(event) => event.preventDefault()} onCheckedChange={(on) => onView(withOverride(view, panel.id, { yKind: on ? 'log' : 'linear' }))}><Check on={chart.yKind === 'log'} />Log y axis</DropdownMenu.CheckboxItem>
        <DropdownMenu.CheckboxItem className="menu-item" checked={chart.clip} onSelect={(event) => event.preventDefault()} onCheckedChange={(on) => onView(withOverride(view, panel.id, { clip: on }))}><Check on={chart.clip} />Clip outliers</DropdownMenu.CheckboxItem>
        <div className="lc-slide" onKeyDown={(event) => { if (event.key !== 'Escape') event.stopPropagation(); }}>Smooth<SmoothingFields smoothing={chart.smoothing} onChange={(smoothing) => onView(withOverride(view, panel.id, { smoothing }))} /></div>
        {view.own.has(panel.id) && item('Like the rest', () => onView(withoutOverride(view, panel.id)))}
      </Submenu>
      <MenuRule />
    </>
  );
}

const Check = ({ on }: { readonly on: boolean }) => <span className="w-4" aria-hidden="true">{on ? '✓' : ''}</span>;

function Submenu({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu-item">{title}<span className="sp" /><span aria-hidden="true">›</span></DropdownMenu.SubTrigger>
      <DropdownMenu.Portal><DropdownMenu.SubContent className="menu" sideOffset={4} collisionPadding={8}>{children}</DropdownMenu.SubContent></DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}

/** Finds a metric by its name and puts it into the chart. */
function Overlay({ grid: { subject, view, onView }, panel }: Pick<PanelMenuProps, 'grid' | 'panel'>) {
  const [text, setText] = useState('');
  const { matches } = wordSearch(text);
  const found = subject.store.keys().filter((key) => !panel.keys.includes(key) && matches(key));
  return (
    <>
      <input className="field" type="search" placeholder="Name of a metric" aria-label="Name of a metric" value={text} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => { if (!['Escape', 'ArrowDown', 'Tab'].includes(event.key)) event.stopPropagation(); }} />
      {found.slice(0, MOST_FOUND).map((key) => (
        <DropdownMenu.Item key={key} className="menu-item mono" onSelect={() => onView(overlaid(view, panel, { id: key, keys: view.overlays.find(([own]) => own === key) ?? [key] }))}>{key}</DropdownMenu.Item>
      ))}
      {found.length > MOST_FOUND && <div className="menu-head">and {found.length - MOST_FOUND} more</div>}
      {found.length === 0 && <div className="menu-head">No other metric has this in its name.</div>}
    </>
  );
}
