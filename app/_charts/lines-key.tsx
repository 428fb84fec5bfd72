import type { ChartSeries } from './chart-series.ts';
import { valueText } from './number-words.ts';
import { SeriesKey } from './series-key.tsx';

/** Under a chart of several lines: which is which, with the value at its end where it is one line. */
export function LinesKey({ lines }: { readonly lines: readonly (Pick<ChartSeries, 'id' | 'label' | 'style'> & { readonly ys?: readonly number[] })[] }) {
  return (
    <div className="row wrap" style={{ gap: '2px 12px' }}>
      {lines.map(({ id, label, style, ys }) => <span key={id} className="lc-key"><SeriesKey style={style} />{label}{ys !== undefined && <> <span className="num">{valueText(ys.at(-1) ?? Number.NaN, 4)}</span></>}</span>)}
    </div>
  );
}
