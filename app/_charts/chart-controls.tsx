'use client';

import { Popover } from 'radix-ui';
import type { XKind, YKind } from './chart-series.ts';

export interface ChartView {
  readonly xKind: XKind;
  readonly yKind: YKind;
  readonly smoothing: number;
}

const X_WORDS: Readonly<Record<XKind, string>> = { step: 'by step', relative: 'by time since start', time: 'by time of day' };
const X_KINDS: readonly XKind[] = ['step', 'relative', 'time'];

/** Log, smoothing and the x axis, for one chart or a page of them: quiet words that say what is set. The caller keeps the view, in the address. */
export function ChartControls({ view, onChange }: { readonly view: ChartView; readonly onChange: (view: ChartView) => void }) {
  return (
    <div className="lc-tools" role="group" aria-label="How charts are drawn">
      <button type="button" className="btn bare sm" aria-pressed={view.yKind === 'log'} onClick={() => onChange({ ...view, yKind: view.yKind === 'log' ? 'linear' : 'log' })}>Log</button>
      <Popover.Root>
        <Popover.Trigger asChild><button type="button" className="btn bare sm">Smooth <span className="num">{view.smoothing === 0 ? '0' : view.smoothing.toFixed(2)}</span></button></Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className="menu lc-slide" align="end" sideOffset={4} collisionPadding={8} aria-label="Smoothing">
            <input type="range" min={0} max={0.99} step={0.01} value={view.smoothing} onChange={(event) => onChange({ ...view, smoothing: Number(event.target.value) })} aria-label="Smoothing, what the past keeps" />
            <span className="num">{view.smoothing.toFixed(2)}</span>
            <button type="button" className="btn bare sm" onClick={() => onChange({ ...view, smoothing: 0 })}>Off</button>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <select className="lc-x" aria-label="x axis" value={view.xKind} onChange={(event) => onChange({ ...view, xKind: X_KINDS.find((kind) => kind === event.target.value) ?? 'step' })}>
        {X_KINDS.map((kind) => <option key={kind} value={kind}>{X_WORDS[kind]}</option>)}
      </select>
    </div>
  );
}

/** How the x axis is called in heads and files. */
export const X_NAMES: Readonly<Record<XKind, string>> = { step: 'step', relative: 'seconds since the start', time: 'epoch milliseconds' };
