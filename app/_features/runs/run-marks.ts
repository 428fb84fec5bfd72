import { COLOURED_SERIES, QUIET_STYLE, seriesStyle } from '../../_charts/series-style.ts';
import type { SeriesStyle } from '../../_charts/chart-series.ts';
import type { RunColumn } from './run-columns.ts';
import type { RunGroup, TableRun } from './run-table-documents.ts';

/** What a run has in a column, as the server groups by it; null without. */
export function groupValue(run: TableRun, column: RunColumn): string | null {
  switch (column.kind) {
    case 'metric': return run.metrics.find(({ key }) => key === column.key)?.lastText ?? null;
    case 'param': return run.params.find(({ key }) => key === column.key)?.value ?? null;
    case 'tag': return run.tags.find(({ key }) => key === column.key)?.value ?? null;
    case 'fact': return factValue(run, column.key);
  }
}

function factValue(run: TableRun, key: string): string | null {
  switch (key) {
    case 'status': return run.status;
    case 'experiment': return run.experiment.key;
    case 'variant': return run.variant?.id ?? null;
    case 'user': return run.userName;
    default: return null;
  }
}

/** The colours of charts for the first eight groups; the others are quiet: never a ninth hue. */
export function marksOf(groups: readonly RunGroup[]): (value: string | null) => SeriesStyle {
  const styles = new Map(groups.filter(({ value }) => value !== null).slice(0, COLOURED_SERIES).map(({ value }, at) => [value, seriesStyle(at)]));
  return (value) => (value === null ? QUIET_STYLE : styles.get(value) ?? QUIET_STYLE);
}
