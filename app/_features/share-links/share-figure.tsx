import type { SharedExperiment } from '../../../contracts/share-page.ts';
import type { ChartSeries } from '../../_charts/chart-series.ts';
import { assignStyles, QUIET_STYLE } from '../../_charts/series-style.ts';
import { bandLine } from '../metrics/learning-curves-data.ts';
import { variantCurve } from '../metrics/variant-curves.ts';
import { SeriesFigure } from './series-figure.tsx';

/** One line a variant: the mean over its counted runs, with the band where there are repeats. */
export function curvesOf({ variants, curves }: SharedExperiment): ChartSeries[] {
  const drawn = curves.flatMap((curve) => { const variant = variants[curve.variant]; return variant ? [{ ...curve, id: String(curve.variant), label: variant.role === 'BASELINE' ? 'baseline' : variant.label, isBaseline: variant.role === 'BASELINE' }] : []; });
  const styles = assignStyles(drawn.map(({ id }) => id), { baseline: drawn.find(({ isBaseline }) => isBaseline)?.id, keep: drawn.map(({ id }) => id) });
  return drawn.map(({ id, label, steps, n, mean, ciLow, ciHigh }) => bandLine(variantCurve({ id, label }, { xs: steps, n, mean, ciLow, ciHigh }), { label, style: styles.get(id) ?? QUIET_STYLE }));
}

/** The learning curves of an experiment's variants. */
export function ShareFigure({ experiment, number }: { readonly experiment: SharedExperiment; readonly number: number }) {
  const series = curvesOf(experiment);
  const metric = experiment.verdict?.metric ?? experiment.variants.find(({ estimate }) => estimate !== null)?.estimate?.metric ?? '';
  const banded = series.some((one) => one.band !== undefined);
  return (
    <SeriesFigure
      series={series} name={<b>Figure {number}</b>} about={<><span className="mono">{metric}</span> while training, by step</>}
      label={`${metric} by step for ${series.map((one) => one.label).join(', ')}; the table below has where each ended`}
      caption={banded ? 'Each line is the mean over the repeats. At each step, its band holds the true mean with 95 % confidence.' : 'One training each: no band, and no comparison.'}
    />
  );
}
