'use client';

import { GripVertical, MoveDiagonal2, X } from 'lucide-react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import type { Panel } from '../../../domain/dashboards/panel.ts';
import { Button } from '../../_ui/button.tsx';

/** What can be done with a panel; null for who only reads. */
export interface PanelMoves {
  readonly move: (id: string, by: number) => void;
  readonly moveOver: (id: string, over: string) => void;
  readonly resize: (id: string, by: { readonly columns: number; readonly rows: number }) => void;
  readonly remove: (id: string) => void;
}

interface PanelFrameProps { readonly panel: Panel; readonly title: string; readonly aside?: ReactNode; readonly moves: PanelMoves | null; readonly children: ReactNode }

const STEPS: Readonly<Record<string, readonly [columns: number, rows: number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A titled panel in the grid, with handles that a pointer drags and arrow keys move. */
export function PanelFrame({ panel: { id, width, height }, title, aside, moves, children }: PanelFrameProps) {
  return (
    <section className="dash-panel" aria-label={title} data-panel={id} style={{ '--columns': width, '--rows': height } as React.CSSProperties}>
      <header>
        {moves ? <MoveHandle id={id} title={title} moves={moves} /> : null}
        <h2>{title}</h2><span className="sp" />{aside}
        {moves ? <Button look="bare" small icon aria-label={`Remove ${title}`} onClick={() => moves.remove(id)}><X aria-hidden="true" /></Button> : null}
      </header>
      <div className="dash-body" tabIndex={0} role="group" aria-label={`What ${title} shows`}>{children}</div>
      {moves ? <ResizeHandle id={id} title={title} moves={moves} /> : null}
    </section>
  );
}

interface HandleProps { readonly id: string; readonly title: string; readonly moves: PanelMoves }

function MoveHandle({ id, title, moves }: HandleProps) {
  const onKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    moves.move(id, step[0] + step[1]);
  };
  const onPointerMove = (event: PointerEvent<HTMLButtonElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const over = document.elementsFromPoint(event.clientX, event.clientY).map((element) => element.closest<HTMLElement>('[data-panel]')?.dataset['panel']).find((panel) => panel !== undefined);
    if (over !== undefined && over !== id) moves.moveOver(id, over);
  };
  return (
    <button type="button" className="dash-handle cursor-grab" aria-label={`Move ${title}: drag, or press the arrow keys`} title="Drag, or press the arrow keys" onKeyDown={onKey} onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)} onPointerMove={onPointerMove}>
      <GripVertical size={16} aria-hidden="true" />
    </button>
  );
}

function ResizeHandle({ id, title, moves }: HandleProps) {
  const onKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    moves.resize(id, { columns: step[0], rows: step[1] });
  };
  const onPointerMove = (event: PointerEvent<HTMLButtonElement>): void => {
    const panel = event.currentTarget.closest<HTMLElement>('[data-panel]');
    if (!panel || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = panel.getBoundingClientRect();
    const [columns, rows] = [Number(panel.style.getPropertyValue('--columns')), Number(panel.style.getPropertyValue('--rows'))];
    const by = { columns: Math.round((event.clientX - box.right) / (box.width / columns)), rows: Math.round((event.clientY - box.bottom) / (box.height / rows)) };
    if (by.columns !== 0 || by.rows !== 0) moves.resize(id, by);
  };
  return (
    <button type="button" className="dash-handle dash-resize" aria-label={`Resize ${title}: drag, or press the arrow keys`} title="Drag, or press the arrow keys" onKeyDown={onKey} onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)} onPointerMove={onPointerMove}>
      <MoveDiagonal2 size={14} aria-hidden="true" />
    </button>
  );
}
