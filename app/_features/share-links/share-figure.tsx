import type { SharedExperiment } from '../../../contracts/share-page.ts';
import { labelColour } from '../../_charts/chart-frame.tsx';
import type { ChartSeries } from '../../_charts/chart-series.ts';
import { layoutLineChart } from '../../_charts/line-chart-layout.ts';
import { LineDrawing } from '../../_charts/line-drawing.tsx';
import { assignStyles, QUIET_STYLE } from '../../_charts/series-style.ts';
import { sharedName, shortLabel } from '../../_charts/short-labels.ts';
import { bandLine } from '../metrics/learning-curves-data.ts';
import { variantCurve } from '../metrics/variant-curves.ts';

const SIZE = { width: 1000, height: 200 } as const;

/** One line a variant: the mean over its counted runs, with the band where there are repeats. */
export function curvesOf({ variants, curves }: SharedExperiment): ChartSeries[] {
  const drawn = curves.flatMap((curve) => { const variant = variants[curve.variant]; return variant ? [{ ...curve, id: String(curve.variant), label: variant.role === 'BASELINE' ? 'baseline' : variant.label, isBaseline: variant.role === 'BASELINE' }] : []; });
  const styles = assignStyles(drawn.map(({ id }) => id), { baseline: drawn.find(({ isBaseline }) => isBaseline)?.id, keep: drawn.map(({ id }) => id) });
  return drawn.map(({ id, label, steps, n, mean, ciLow, ciHigh }) => bandLine(variantCurve({ id, label }, { xs: steps, n, mean, ciLow, ciHigh }), { label, style: styles.get(id) ?? QUIET_STYLE }));
}

/** The learning curves, drawn on the server: geometry stretches, text stays text, so one drawing serves 390 and 1440. */
export function ShareFigure({ experiment, number }: { readonly experiment: SharedExperiment; readonly number: number }) {
  const series = curvesOf(experiment);
  const metric = experiment.verdict?.metric ?? '';
  if (series.every((one) => one.xs.length < 2)) return null;
  const layout = layoutLineChart(series, SIZE, { xKind: 'step', yKind: 'linear', zoom: null });
  const name = sharedName(series);
  const room = Math.min(160, 20 + Math.max(0, ...series.map((one) => shortLabel(one.label, name).length)) * 6.6);
  const banded = series.some((one) => one.band !== undefined);
  return (
    <figure className="fig">
      <div className="fig-h"><b>Figure {number}</b><span><span className="mono">{metric}</span> while training, by step{name === null ? '' : <>; lines by <span className="mono">{name}</span></>}</span></div>
      <div className="ch clip" style={{ paddingRight: room, ['--yw' as string]: '52px' }}>
        <div className="yy" style={{ height: SIZE.height }}>{layout.yTicks.map((tick) => <span key={tick.at} style={{ top: tick.pixel }}>{tick.text}</span>)}</div>
        <div className="pl" style={{ height: SIZE.height }}>
          <LineDrawing layout={layout} size={SIZE} label={`${metric} by step for ${series.map((one) => one.label).join(', ')}; the table below has where each ended`} />
          {layout.labels.map((label) => <span key={label.id} className="an end tr" style={{ top: label.y, maxWidth: room - 8, color: labelColour(series, label.id) }}><b>{shortLabel(label.text, name)}</b></span>)}
        </div>
        <div className="xx">{layout.xTicks.map((tick, place) => <span key={tick.at} className={place === 0 ? 'l' : place === layout.xTicks.length - 1 ? 'e' : ''} style={{ left: `${tick.pixel / 10}%` }}>{tick.text}</span>)}</div>
      </div>
      <figcaption className="cap">{banded ? 'Each line is the mean over the repeats. At each step, its band holds the true mean with 95 % confidence.' : 'One training each: no band, and no comparison.'}</figcaption>
    </figure>
  );
}
