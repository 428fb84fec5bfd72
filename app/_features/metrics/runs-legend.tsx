'use client';

import { SeriesKey } from '../../_charts/series-key.tsx';
import { assignStyles, COLOURED_SERIES, QUIET_STYLE } from '../../_charts/series-style.ts';
import { count } from '../../_ui/numbers.ts';
import type { GridSubject } from './grid.ts';

/** Which colour is which variant. Where there are more than an eye can tell apart the rest is counted. */
export function RunsLegend({ subject, note }: { readonly subject: GridSubject; readonly note: string | null }) {
  const { runs, order, baselineId } = subject;
  const labels = new Map(runs.flatMap(({ variantId, variantLabel }) => (variantId === null ? [] : [[variantId, variantLabel ?? 'variant'] as const])));
  const present = [...order.filter((id) => labels.has(id)), ...[...labels.keys()].filter((id) => !order.includes(id))];
  const styles = assignStyles(present, { baseline: baselineId ?? undefined, keep: order });
  const named = present.filter((id) => styles.get(id) !== QUIET_STYLE).slice(0, COLOURED_SERIES + 1);
  return (
    <div className="row wrap" style={{ gap: '4px 16px', marginBottom: 16 }}>
      <span className="hint">{count(runs.length, 'run')}</span>
      {named.map((id) => <span key={id} className="lc-key"><SeriesKey style={styles.get(id) ?? QUIET_STYLE} /><span className="tr" style={{ maxWidth: 260 }} title={labels.get(id)}>{id === baselineId ? 'baseline' : labels.get(id)}</span></span>)}
      {present.length > named.length && <span className="lc-key"><SeriesKey style={QUIET_STYLE} />{count(present.length - named.length, 'other variant')}</span>}
      {note !== null && <span className="hint">{note}</span>}
    </div>
  );
}
