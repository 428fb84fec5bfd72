'use client';

import { EllipsisVertical } from 'lucide-react';
import { memo, useRef, type DragEvent, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { Menu, MenuItem, MenuRule } from '../../_ui/menu.tsx';
import { isNumberColumn } from './run-cells.tsx';
import { columnHead, columnText, directionOf, fieldName, nextSort, type RunColumn } from './run-columns.ts';
import { clampWidth, type RunView } from './run-view.ts';
import { NAME_WIDTH, usualWidth } from './run-widths.ts';

interface HeadProps {
  readonly column: RunColumn;
  readonly place: number;
  readonly count: number;
  readonly view: RunView;
  readonly onChange: (change: Partial<RunView>) => void;
  readonly columns: readonly RunColumn[];
  readonly width: number;
  readonly onWidth: (text: string, width: number) => void;
}

const DRAGGED = 'application/x-lemma-column';
const STEP = 16;

function moved(columns: readonly RunColumn[], from: number, to: number): readonly RunColumn[] {
  const column = columns[from];
  if (!column) return columns;
  const rest = columns.toSpliced(from, 1);
  return rest.toSpliced(to, 0, column);
}

interface RunHeadProps extends Pick<HeadProps, 'columns' | 'view' | 'onChange'> {
  /** Whether everything that was read is chosen. */
  readonly all: boolean;
  readonly onChooseAll: (chosen: boolean) => void;
}

/** The head of the table. Rows that scroll by do not draw it again: its menus cost more than they do. */
export const RunHead = memo(function RunHead({ columns, view, onChange, all, onChooseAll }: RunHeadProps) {
  const width = (text: string, next: number): void => onChange({ widths: new Map([...view.widths, [text, clampWidth(next)]]) });
  return (
    <div role="rowgroup" className="rthead">
      <div role="row" aria-rowindex={1} className="rthr">
        <div role="columnheader" className="rth sel" aria-label="Choose"><input type="checkbox" aria-label="Choose all shown" checked={all} onChange={() => onChooseAll(!all)} /></div>
        <NameHead view={view} onChange={onChange} width={view.widths.get('name') ?? NAME_WIDTH} onWidth={width} />
        {columns.map((column, place) => <ColumnHead key={columnText(column)} {...{ column, place, view, onChange, columns }} count={columns.length} width={view.widths.get(columnText(column)) ?? usualWidth(column)} onWidth={width} />)}
      </div>
    </div>
  );
});

function NameHead({ view, onChange, width, onWidth }: Pick<HeadProps, 'view' | 'onChange' | 'width' | 'onWidth'>) {
  const way = directionOf(view.sort, 'name');
  return (
    <div role="columnheader" className="rth name" aria-colindex={2} {...(way ? { 'aria-sort': way.descending ? 'descending' as const : 'ascending' as const } : {})}>
      <button type="button" onClick={(event) => onChange({ sort: nextSort(view.sort, 'name', event.shiftKey) })}>run{way && <SortMark {...way} alone={!view.sort?.includes(',')} />}</button>
      <Edge text="name" width={width} onWidth={onWidth} />
    </div>
  );
}

/** The head of a column: pressed, it orders by it (with shift as well); dragged, it moves; its edge makes it wider; its menu does all of that by keyboard. */
function ColumnHead({ column, place, count, view, onChange, columns, width, onWidth }: HeadProps) {
  const text = columnText(column);
  const way = directionOf(view.sort, text);
  const sortable = fieldName(column) !== null && !(column.kind === 'fact' && column.key === 'variant');
  const sort = (event: MouseEvent): void => onChange({ sort: nextSort(view.sort, text, event.shiftKey) });
  const drop = (event: DragEvent): void => {
    const from = Number(event.dataTransfer.getData(DRAGGED));
    if (event.dataTransfer.types.includes(DRAGGED)) onChange({ columns: moved(columns, from, place) });
  };
  return (
    <div
      role="columnheader" className={`rth${isNumberColumn(column) ? ' num' : ''}${place < view.pinned ? ' pin' : ''}`} style={{ width: `var(--w${place})`, ...(place < view.pinned ? { left: `var(--l${place})` } : {}) }} aria-colindex={place + 3}
      {...(way ? { 'aria-sort': way.descending ? 'descending' as const : 'ascending' as const } : {})}
      draggable onDragStart={(event) => event.dataTransfer.setData(DRAGGED, String(place))} onDragOver={(event) => { if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault(); }} onDrop={drop}
    >
      {sortable
        ? <button type="button" className="tr" title={`${columnHead(column)}: order by it; with shift, after the others`} onClick={sort}>{columnHead(column)}{way && <SortMark {...way} alone={!view.sort?.includes(',')} />}</button>
        : <span className="tr" title={columnHead(column)}>{columnHead(column)}</span>}
      <HeadMenu {...{ column, place, count, view, onChange, columns, width, onWidth }} sortable={sortable} />
      <Edge text={text} width={width} onWidth={onWidth} />
    </div>
  );
}

const SortMark = ({ descending, place, alone }: { readonly descending: boolean; readonly place: number; readonly alone: boolean }) => <>{descending ? ' ↓' : ' ↑'}{alone ? null : <sub>{place}</sub>}</>;

type MenuProps = HeadProps & { readonly sortable: boolean };

function HeadMenu(props: MenuProps) {
  const groupable = props.sortable || (props.column.kind === 'fact' && props.column.key === 'variant');
  return (
    <Menu trigger={<button type="button" className="rtm" aria-label={`Column ${columnHead(props.column)}`}><EllipsisVertical aria-hidden="true" /></button>}>
      {props.sortable && <OrderItems {...props} />}
      {groupable && <GroupItems {...props} />}
      <PlaceItems {...props} />
    </Menu>
  );
}

function OrderItems({ column, view, onChange }: MenuProps) {
  const text = columnText(column);
  return (
    <>
      <MenuItem onSelect={() => onChange({ sort: text })}>Smallest first</MenuItem>
      <MenuItem onSelect={() => onChange({ sort: `-${text}` })}>Largest first</MenuItem>
      {view.sort && <MenuItem onSelect={() => onChange({ sort: nextSort(view.sort, text, true) })}>Add to the order, or turn it around</MenuItem>}
      <MenuRule />
    </>
  );
}

function GroupItems({ column, view, onChange }: MenuProps) {
  const has = (other: RunColumn | null): boolean => other !== null && columnText(other) === columnText(column);
  return (
    <>
      <MenuItem onSelect={() => onChange({ group: has(view.group) ? null : column })}>{has(view.group) ? 'Do not group' : 'Group by this'}</MenuItem>
      <MenuItem onSelect={() => onChange({ colour: has(view.colour) ? null : column })}>{has(view.colour) ? 'Do not colour' : 'Colour by this'}</MenuItem>
      <MenuRule />
    </>
  );
}

function PlaceItems({ column, place, count, view, onChange, columns, width, onWidth }: MenuProps) {
  const text = columnText(column);
  const last = view.pinned === place + 1;
  return (
    <>
      <MenuItem onSelect={() => onChange({ pinned: last ? 0 : place + 1 })} disabled={place > 3}>{last ? 'Let all columns scroll' : 'Keep in sight up to here'}</MenuItem>
      <MenuItem onSelect={() => onChange({ columns: moved(columns, place, place - 1) })} disabled={place === 0}>Move left</MenuItem>
      <MenuItem onSelect={() => onChange({ columns: moved(columns, place, place + 1) })} disabled={place === count - 1}>Move right</MenuItem>
      <MenuItem onSelect={() => onWidth(text, width + 4 * STEP)}>Wider</MenuItem>
      <MenuItem onSelect={() => onWidth(text, width - 4 * STEP)}>Narrower</MenuItem>
      <MenuRule />
      <MenuItem onSelect={() => onChange({ columns: columns.toSpliced(place, 1) })}>Hide</MenuItem>
    </>
  );
}

/** The edge between two heads, dragged by pointer. The menu has the same for everybody else. */
function Edge({ text, width, onWidth }: { readonly text: string; readonly width: number; readonly onWidth: (text: string, width: number) => void }) {
  const from = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const down = (event: PointerEvent<HTMLElement>): void => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent<HTMLElement>): void => {
    if (from.current) onWidth(text, from.current.width + event.clientX - from.current.x);
  };
  const stop = (event: KeyboardEvent | MouseEvent): void => event.stopPropagation();
  return <span className="rte" aria-hidden="true" draggable={false} onPointerDown={down} onPointerMove={move} onPointerUp={() => { from.current = null; }} onClick={stop} onDragStart={(event) => { event.preventDefault(); event.stopPropagation(); }} />;
}
