import type { ReactNode } from 'react';
import { labelColour } from '../../_charts/chart-frame.tsx';
import type { ChartSeries } from '../../_charts/chart-series.ts';
import { layoutLineChart } from '../../_charts/line-chart-layout.ts';
import { LineDrawing } from '../../_charts/line-drawing.tsx';
import { sharedName, shortLabel } from '../../_charts/short-labels.ts';

const SIZE = { width: 1000, height: 200 } as const;

interface SeriesFigureProps {
  readonly series: readonly ChartSeries[];
  readonly name: ReactNode;
  readonly about: ReactNode;
  /** What who cannot see it hears. */
  readonly label: string;
  readonly caption: string;
}

/** Curves drawn on the server: geometry stretches, text stays text, so one drawing serves 390 and 1440. */
export function SeriesFigure({ series, name, about, label, caption }: SeriesFigureProps) {
  if (series.every((one) => one.xs.length < 2)) return null;
  const layout = layoutLineChart([...series], SIZE, { xKind: 'step', yKind: 'linear', zoom: null });
  const shared = sharedName(series);
  const room = Math.min(160, 20 + Math.max(0, ...series.map((one) => shortLabel(one.label, shared).length)) * 6.6);
  return (
    <figure className="fig">
      <div className="fig-h">{name}<span>{about}{shared === null ? '' : <>; lines by <span className="mono">{shared}</span></>}</span></div>
      <div className="ch clip" style={{ paddingRight: room, ['--yw' as string]: '52px' }}>
        <div className="yy" style={{ height: SIZE.height }}>{layout.yTicks.map((tick) => <span key={tick.at} style={{ top: tick.pixel }}>{tick.text}</span>)}</div>
        <div className="pl" style={{ height: SIZE.height }}>
          <LineDrawing layout={layout} size={SIZE} label={label} />
          {layout.labels.map((each) => <span key={each.id} className="an end tr" style={{ top: each.y, maxWidth: room - 8, color: labelColour(series, each.id) }}><b>{shortLabel(each.text, shared)}</b></span>)}
        </div>
        <div className="xx">{layout.xTicks.map((tick, place) => <span key={tick.at} className={place === 0 ? 'l' : place === layout.xTicks.length - 1 ? 'e' : ''} style={{ left: `${tick.pixel / 10}%` }}>{tick.text}</span>)}</div>
      </div>
      <figcaption className="cap">{caption}</figcaption>
    </figure>
  );
}
