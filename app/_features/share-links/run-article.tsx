import type { SharedRun, SharedRunPage } from '../../../contracts/share-page.ts';
import { seriesStyle } from '../../_charts/series-style.ts';
import { DataTable } from '../../_ui/data-table.tsx';
import { formatNumber } from '../../_ui/numbers.ts';
import { SingleRun } from '../verdicts/effect.tsx';
import { AskedBefore } from './result-article.tsx';
import { SeriesFigure } from './series-figure.tsx';
import { sharedMoment } from './share-words.ts';

const STATUS_WORDS = { RUNNING: 'It is still running', SCHEDULED: 'It has not begun', FINISHED: 'It finished', FAILED: 'It failed', KILLED: 'It was stopped' } as const;

/** One execution: what it measured, and why that alone proves nothing. */
export function RunArticle({ page: { run, hypothesis } }: { readonly page: SharedRunPage }) {
  return (
    <>
      <Measured run={run} metric={hypothesis.metric} />
      <AskedBefore hypothesis={hypothesis} />
      <h2>What was run?</h2>
      <p className="tx">{whatRan(run)}</p>
      {run.code ? <p className="side">Code: <span className="mono">{run.code.commit?.slice(0, 12)}</span>{run.code.branch ? ` on ${run.code.branch}` : ''}{run.code.dirty ? ', with uncommitted changes' : ''}.</p> : null}
      {run.curves.map((curve, place) => <RunCurve key={curve.key} curve={curve} number={place + 1} />)}
      {run.metrics.length > 0 ? <Metrics run={run} /> : null}
      {run.params.length > 0 ? <Params run={run} /> : null}
    </>
  );
}

function Measured({ run, metric }: { readonly run: SharedRun; readonly metric: string | null }) {
  const main = run.metrics.find(({ key }) => key === metric) ?? run.metrics[0];
  return (
    <section className="result" aria-label="Result">
      <p>{STATUS_WORDS[run.status]}{run.endedAt ? ` on ${sharedMoment(run.endedAt)}` : ''}.{run.excluded === null ? '' : ` It is left out of the statistics: ${run.excluded.replace(/[.\s]+$/, '')}.`}</p>
      {main && main.last !== null ? <div className="nr">{formatNumber(main.last)}<small><span className="mono">{main.key}</span> at its last step <SingleRun /></small></div> : <p className="mt-2 text-ink-2">It has measured nothing.</p>}
      <p className="tx mt-2">This is one run, and one run proves nothing: the same training gives another number each time it is repeated.</p>
    </section>
  );
}

const whatRan = ({ experiment: { key, name }, variant, seed }: SharedRun): string =>
  `One run of ${key === null ? '' : `${key}, `}${name}${variant === null ? '' : `, of the version “${variant}”`}${seed === null ? '' : `, with seed ${seed}`}.`;

function RunCurve({ curve, number }: { readonly curve: SharedRun['curves'][number]; readonly number: number }) {
  const series = [{ id: curve.key, label: curve.key, xs: curve.steps, ys: curve.values.map((value) => value ?? Number.NaN), style: seriesStyle(0) }];
  return <SeriesFigure series={series} name={<b>Figure {number}</b>} about={<><span className="mono">{curve.key}</span> by step</>} label={`${curve.key} by step; the table below has where it ended`} caption="One run: no band, and no comparison." />;
}

function Metrics({ run }: { readonly run: SharedRun }) {
  const text = (value: number | null) => (value === null ? 'no number' : formatNumber(value));
  return (
    <figure className="fig">
      <div className="fig-h"><b>Table 1</b><span>what it measured, of one run each: n = 1, so without intervals</span></div>
      <DataTable
        label="Metrics of the run" rows={run.metrics} rowKey={({ key }) => key}
        columns={[
          { key: 'metric', head: 'metric', cell: ({ key }) => <span className="mono">{key}</span> },
          { key: 'last', head: 'last', kind: 'number', width: '96px', cell: ({ last }) => text(last) },
          { key: 'min', head: 'min', kind: 'number', width: '96px', leaves: 'narrow', cell: ({ min }) => text(min) },
          { key: 'max', head: 'max', kind: 'number', width: '96px', leaves: 'narrow', cell: ({ max }) => text(max) },
          { key: 'points', head: 'points', kind: 'number', width: '72px', leaves: 'narrow', cell: ({ points }) => points },
        ]}
      />
    </figure>
  );
}

function Params({ run }: { readonly run: SharedRun }) {
  return (
    <figure className="fig">
      <div className="fig-h"><b>Table 2</b><span>its settings</span></div>
      <DataTable label="Params of the run" rows={run.params} rowKey={({ key }) => key} columns={[{ key: 'param', head: 'param', cell: ({ key }) => <span className="mono">{key}</span> }, { key: 'value', head: 'value', cell: ({ value }) => <span className="mono wrap-anywhere">{value}</span> }]} />
    </figure>
  );
}
