'use client';

import type { CrosshairValue } from './crosshair-values.ts';
import { valueText } from './number-words.ts';
import { SeriesKey } from './series-key.tsx';

export interface ChartReadoutProps {
  readonly title: string;
  readonly values: readonly CrosshairValue[];
  readonly hoveredId: string | null;
  readonly pixel: number;
  readonly width: number;
  readonly onComment?: (() => void) | undefined;
}

/** The values at the crosshair, on the side with more room. */
export function ChartReadout({ title, values, hoveredId, pixel, width, onComment }: ChartReadoutProps) {
  const toTheRight = pixel < width / 2;
  return (
    <div className={onComment === undefined ? 'lc-read' : 'lc-read pinned'} style={toTheRight ? { left: pixel + 12 } : { right: `calc(100% - ${pixel - 12}px)` }}>
      <div className="hd">{title}</div>
      {values.length === 0 && <div className="hd">no value here</div>}
      <ul>
        {values.map((value) => (
          <li key={value.id}>
            <SeriesKey style={value.style} />
            <span className="tr" style={value.id === hoveredId ? { fontWeight: 600 } : undefined}>{value.label}</span>
            <span className="num lc-val">
              {valueText(value.y)}
              {value.band !== null && <span className="ci"> [{valueText(value.band[0])}, {valueText(value.band[1])}]</span>}
              {value.count !== null && value.band === null && <span className="ci"> n = {value.count}</span>}
            </span>
          </li>
        ))}
      </ul>
      {onComment !== undefined && <button type="button" className="btn sm" style={{ marginTop: 6 }} onClick={onComment}>Start a thread here</button>}
    </div>
  );
}
