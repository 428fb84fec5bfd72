'use client';

import type { XKind, YKind } from './chart-series.ts';

export interface ChartView {
  readonly xKind: XKind;
  readonly yKind: YKind;
  readonly smoothing: number;
}

const X_KINDS: readonly { readonly kind: XKind; readonly text: string }[] = [
  { kind: 'step', text: 'Step' },
  { kind: 'relative', text: 'Relative' },
  { kind: 'time', text: 'Time' },
];

/** Smoothing, log and the x axis, for one chart or a page of them. The caller keeps the view, in the URL. */
export function ChartControls({ view, onChange }: { readonly view: ChartView; readonly onChange: (view: ChartView) => void }) {
  return (
    <div className="row wrap" style={{ gap: '4px 12px' }} role="group" aria-label="How charts are drawn">
      <label className="lc-slide">
        <span>Smooth <span className="num">{view.smoothing.toFixed(2)}</span></span>
        <input type="range" min={0} max={0.99} step={0.01} value={view.smoothing} onChange={(event) => onChange({ ...view, smoothing: Number(event.target.value) })} aria-label="Smoothing" />
      </label>
      <div className="seg">
        <button type="button" aria-pressed={view.yKind === 'log'} onClick={() => onChange({ ...view, yKind: view.yKind === 'log' ? 'linear' : 'log' })}>Log</button>
      </div>
      <div className="seg" role="group" aria-label="x axis">
        {X_KINDS.map(({ kind, text }) => <button key={kind} type="button" aria-pressed={view.xKind === kind} onClick={() => onChange({ ...view, xKind: kind })}>{text}</button>)}
      </div>
    </div>
  );
}

/** How the x axis is called in heads and files. */
export const X_NAMES: Readonly<Record<XKind, string>> = { step: 'step', relative: 'seconds since the start', time: 'epoch milliseconds' };
