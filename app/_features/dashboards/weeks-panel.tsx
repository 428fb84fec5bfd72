'use client';

import { formatDay } from '../../_ui/moments.ts';
import { formatNumber } from '../../_ui/numbers.ts';
import { useNow } from '../../_ui/relative-time.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import type { ShownWeek } from './dashboard-documents.ts';
import { layOutWeeks, type WeekSeries } from './week-bars.ts';

type Counted = Exclude<keyof ShownWeek, 'from' | '__typename'>;
type Part = readonly [key: Counted, label: string, colour: string];

const PARTS = {
  VERDICTS: [['supported', 'supported', 'var(--supported)'], ['refuted', 'refuted', 'var(--refuted)'], ['equivalent', 'equivalent', 'var(--equivalent)'], ['inconclusive', 'inconclusive', 'var(--inconclusive)']],
  ACTIVITY: [['runs', 'runs', 'var(--c1)'], ['comments', 'comments', 'var(--c5)'], ['reviews', 'reviews', 'var(--c3)']],
  SPEND: [['runHours', 'run hours', 'var(--ink-3)']],
} as const satisfies Readonly<Record<string, readonly Part[]>>;

const EMPTY = { VERDICTS: 'No verdict in these weeks. One appears when a baseline is chosen and both sides have two runs.', ACTIVITY: 'Nobody logged a run, commented or reviewed in these weeks.', SPEND: 'No run took time in these weeks.' } as const;
const NOTE = { VERDICTS: 'What each experiment’s last verdict of the week was.', ACTIVITY: '', SPEND: 'Hours of all runs begun in the week, failed and excluded ones too. There are no prices yet.' } as const;

/** Counts by week as stacked bars, with their sums in words and a table behind for who does not see them. */
export function WeeksPanel({ kind, weeks }: { readonly kind: keyof typeof PARTS; readonly weeks: readonly ShownWeek[] }) {
  const now = useNow();
  const series = (PARTS[kind] as readonly Part[]).map(([key, label, colour]): WeekSeries => ({ key, label, colour, values: weeks.map((week) => week[key]) }));
  const sums = series.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  if (sums.every((sum) => sum === 0)) return <Empty fact={EMPTY[kind]} />;
  const day = (from: string): string => formatDay(new Date(from), new Date(now ?? Date.parse(from)));
  return (
    <>
      <p className="dash-key">{series.map(({ key, label, colour }, index) => <span key={key}><i style={{ background: colour }} aria-hidden="true" />{label} <span className="num">{shown(sums[index] ?? 0)}</span></span>)}</p>
      <Bars series={series} weeks={weeks} day={day} label={`${series.map(({ label }, index) => `${shown(sums[index] ?? 0)} ${label}`).join(', ')} in ${weeks.length} weeks`} />
      {NOTE[kind] === '' ? null : <p className="hint">{NOTE[kind]}</p>}
      <table className="vh"><caption>By week</caption><thead><tr><th>Week from</th>{series.map(({ key, label }) => <th key={key}>{label}</th>)}</tr></thead><tbody>{weeks.map((week, index) => <tr key={week.from}><th>{day(week.from)}</th>{series.map(({ key, values }) => <td key={key}>{shown(values[index] ?? 0)}</td>)}</tr>)}</tbody></table>
    </>
  );
}

const shown = (value: number): string => formatNumber(value, { decimals: Number.isInteger(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2 });

function Bars({ series, weeks, day, label }: { readonly series: readonly WeekSeries[]; readonly weeks: readonly ShownWeek[]; readonly day: (from: string) => string; readonly label: string }) {
  const { bars, yTicks } = layOutWeeks(series, weeks.length);
  return (
    <div className="ch dash-plot" role="img" aria-label={label}>
      <div className="yy">{yTicks.map(({ at, y }) => <span key={at} style={{ top: `${y}%` }}>{formatNumber(at)}</span>)}</div>
      <div className="pl">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {yTicks.map(({ at, y }) => <path key={at} className="g" d={`M0 ${y}H100`} />)}
          {bars.map(({ key, colour, ...box }) => <rect key={key} {...box} fill={colour} stroke="var(--paper)" strokeWidth="1" />)}
        </svg>
      </div>
      <div className="xx"><span className="l" style={{ left: 0 }}>{day(weeks[0]?.from ?? '')}</span><span className="e" style={{ left: '100%' }}>this week</span></div>
    </div>
  );
}
