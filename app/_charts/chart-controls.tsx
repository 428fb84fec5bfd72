'use client';

import { Popover } from 'radix-ui';
import type { XKind } from './chart-series.ts';
import type { ChartView } from './chart-view.ts';
import { SmoothingFields, smoothingWords } from './smoothing-fields.tsx';

const X_WORDS: Readonly<Record<XKind, string>> = { step: 'by step', relative: 'by time since start', time: 'by time of day' };
const X_KINDS: readonly XKind[] = ['step', 'relative', 'time'];

/** Axes, smoothing and clipping, for one chart or a page of them: quiet words that say what is set. The caller keeps the view, in the address. */
export function ChartControls({ view, onChange }: { readonly view: ChartView; readonly onChange: (view: ChartView) => void }) {
  const toggle = (words: string, pressed: boolean, change: Partial<ChartView>, title?: string) => (
    <button type="button" className="btn bare sm" aria-pressed={pressed} title={title} onClick={() => onChange({ ...view, ...change })}>{words}</button>
  );
  return (
    <div className="lc-tools" role="group" aria-label="How charts are drawn">
      {toggle('Log', view.yKind === 'log', { yKind: view.yKind === 'log' ? 'linear' : 'log' }, 'Logarithmic y axis')}
      {view.xKind !== 'time' && toggle('Log x', view.xLog, { xLog: !view.xLog }, 'Logarithmic x axis')}
      {toggle('Clip', view.clip, { clip: !view.clip }, 'End the y axis at the 1st and the 99th percentile')}
      <Popover.Root>
        <Popover.Trigger asChild><button type="button" className="btn bare sm">Smooth <span className="num">{smoothingWords(view.smoothing)}</span></button></Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className="menu lc-slide" align="end" sideOffset={4} collisionPadding={8} aria-label="Smoothing"><SmoothingFields smoothing={view.smoothing} onChange={(smoothing) => onChange({ ...view, smoothing })} /></Popover.Content>
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
