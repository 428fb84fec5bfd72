import type { SharedComparison, SharedComparisonPage } from '../../../contracts/share-page.ts';
import { formatNumber } from '../../_ui/numbers.ts';
import { AskedBefore } from './result-article.tsx';
import { ShareVariants } from './share-evidence.tsx';
import { ShareFigure } from './share-figure.tsx';
import { ShareResult } from './share-result.tsx';
import { differenceSentence } from './share-answers.ts';

/** Runs side by side: what differs between them, and what their versions measured with intervals. */
export function ComparisonArticle({ page: { comparison, hypothesis } }: { readonly page: SharedComparisonPage }) {
  const { experiment, rows } = comparison;
  const differing = rows.filter(({ differs }) => differs);
  return (
    <>
      <section className="result" aria-label="Result"><p className="plainly">{differenceSentence(comparison)}</p></section>
      <AskedBefore hypothesis={hypothesis} />
      {experiment.verdict ? <><h2>What did we find?</h2><ShareResult experiment={experiment} hypothesis={hypothesis} /></> : null}
      <h2>What did their versions measure?</h2>
      <p className="tx">A single run has no interval, so versions are compared by all of their repeats.</p>
      <ShareFigure experiment={experiment} number={1} />
      <ShareVariants experiment={experiment} hypothesis={hypothesis} number={1} />
      <h2>What differs between the runs?</h2>
      <p className="tx">{differing.length === 0 ? 'Nothing that is shown here differs.' : 'Side by side, with what each run measured.'}</p>
      <SideBySide comparison={comparison} rows={[...differing.map((row) => ({ name: row.name, kind: row.kind, values: row.values })), ...comparison.metrics.map((row) => ({ name: row.name, kind: 'metric, n = 1', values: row.values.map((value) => (value === null ? null : formatNumber(value))) }))]} />
    </>
  );
}

interface Line { readonly name: string; readonly kind: string; readonly values: readonly (string | null)[] }

function SideBySide({ comparison: { runs, experiment }, rows }: { readonly comparison: SharedComparison; readonly rows: readonly Line[] }) {
  // The versions have a table of their own once anything was measured.
  const number = experiment.variants.some(({ estimate }) => estimate !== null) ? 2 : 1;
  return (
    <figure className="fig">
      <div className="fig-h"><b>Table {number}</b><span>the runs themselves; a metric of one run has no interval</span></div>
      <div className="tw" tabIndex={0} role="region" aria-label="Differences between the runs">
        {/* Columns of one width: a run's long name would else take that of the next. */}
        <table className="tb bk cmp table-fixed" style={{ minWidth: 160 + runs.length * 140 }}>
          <thead><tr><th scope="col" style={{ width: 160 }}>key</th>{runs.map((run, place) => <th key={place} scope="col" className="wrap-anywhere whitespace-normal">{run.name}<br /><span className="font-normal">{run.variant ?? 'no version'}{run.role === 'BASELINE' ? ', the baseline' : ''}{run.seed === null ? '' : `, seed ${run.seed}`}{run.excluded ? ', excluded' : ''}</span></th>)}</tr></thead>
          <tbody>{rows.map((row) => <tr key={`${row.kind}${row.name}`}><th scope="row"><span className="mono">{row.name}</span><br /><span className="font-normal text-12 text-ink-3 whitespace-nowrap">{row.kind}</span></th>{row.values.map((value, place) => <td key={place} className="mono text-12 wrap-anywhere">{value ?? <span className="text-ink-3">none</span>}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </figure>
  );
}
