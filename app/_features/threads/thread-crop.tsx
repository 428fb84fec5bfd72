import type { ChartCrop } from '../../../domain/threads/chart-crop.ts';
import { cropSeries } from '../../_charts/chart-crop.ts';
import { layoutLineChart } from '../../_charts/line-chart-layout.ts';
import { LineDrawing } from '../../_charts/line-drawing.tsx';
import { SeriesKey } from '../../_charts/series-key.tsx';

const SIZE = { width: 1000, height: 72 } as const;

interface ThreadCropProps {
  readonly crop: ChartCrop;
  readonly metric: string;
  readonly step: number;
  /** The ends of the range, where the thread talks about one. */
  readonly from?: number;
  readonly to?: number;
  /** The thread's number; null while it is being written. */
  readonly number: number | null;
}

/** What the figure showed at the point when the thread was started: a drawing of numbers that were kept with it, so it never moves. */
export function ThreadCrop({ crop, metric, step, from, to, number }: ThreadCropProps) {
  const series = cropSeries(crop);
  const layout = layoutLineChart(series, SIZE, { xKind: 'step', yKind: crop.log ? 'log' : 'linear', zoom: null });
  const share = (x: number): number => Math.min(100, Math.max(0, layout.x.toPixel(x) / 10));
  const at = `${share(step)}%`;
  const longest = Math.max(0, ...layout.yTicks.map((tick) => tick.text.length));
  return (
    <figure className="crop" aria-label={`${metric} ${from === undefined ? `around step ${step}` : `from step ${from} to ${String(to)}`}, as it was: ${series.map((one) => one.label).join(', ')}`}>
      <div className="ch clip" style={{ ['--yw' as string]: `${Math.max(32, longest * 7 + 10)}px` }} aria-hidden="true">
        <div className="yy" style={{ height: SIZE.height }}>{layout.yTicks.map((tick) => <span key={tick.at} style={{ top: tick.pixel }}>{tick.text}</span>)}</div>
        <div className="pl" style={{ height: SIZE.height }}>
          <LineDrawing layout={layout} size={SIZE} />
          {from !== undefined && to !== undefined ? <span className="lc-pinband" style={{ left: `${share(from)}%`, width: `${share(to) - share(from)}%` }} /> : <span className="lc-pinline" style={{ left: at }} />}
          <span className="mk" style={{ left: at }}>{number}</span>
        </div>
        <div className="xx">{layout.xTicks.map((tick) => <span key={tick.at} className={tick.pixel < 40 ? 'l' : tick.pixel > 960 ? 'e' : ''} style={{ left: `${tick.pixel / 10}%` }}>{tick.text}</span>)}</div>
      </div>
      <figcaption>{series.map((one) => <span key={one.id} className="lc-key"><SeriesKey style={one.style} />{one.label}</span>)}</figcaption>
    </figure>
  );
}
