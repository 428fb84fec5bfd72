import type { LineChartLayout } from './line-chart-layout.ts';
import { toPath } from './polyline.ts';

interface LineDrawingProps {
  readonly layout: LineChartLayout;
  readonly size: { readonly width: number; readonly height: number };
  /** What the drawing shows, for those who do not see it; absent where words beside it say so. */
  readonly label?: string;
}

/** A line chart as SVG that stretches with its box: grid, bands and lines; texts stand beside it as HTML. For figures of few points that do not move. */
export function LineDrawing({ layout, size, label }: LineDrawingProps) {
  return (
    <svg viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="none" {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}>
      {layout.yTicks.map((tick) => <path key={tick.at} className="g" d={`M0 ${tick.pixel.toFixed(1)}H${size.width}`} />)}
      {layout.lines.map((line) => (
        <g key={line.id}>
          {line.bands.map((band, place) => <path key={place} className="bd" style={{ fill: `var(${line.style.token})` }} d={toPath(band, true)} />)}
          <path className="ln" style={{ stroke: `var(${line.style.token})`, strokeDasharray: line.style.dash.join(' ') || undefined }} d={toPath(line.points)} />
        </g>
      ))}
    </svg>
  );
}
