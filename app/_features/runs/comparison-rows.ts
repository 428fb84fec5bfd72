import { valueText } from '../../_charts/number-words.ts';
import { formatNumber } from '../../_ui/numbers.ts';
import { sharedDecimals } from './run-columns.ts';

export interface ComparisonLine {
  readonly kind: 'code' | 'data' | 'config' | 'environment' | 'metric';
  readonly name: string;
  /** One text a run; null where the run has none. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
}

interface TextRow { readonly name: string; readonly values: readonly (string | null)[]; readonly differs: boolean }
interface NumberRow { readonly name: string; readonly values: readonly (number | null)[]; readonly differs: boolean }

export interface Comparable {
  readonly code: readonly TextRow[];
  readonly data: readonly TextRow[];
  readonly config: readonly TextRow[];
  readonly environment: readonly TextRow[];
  readonly metrics: readonly NumberRow[];
}

/** All rows in the order one asks for them: config, code, data, environment, then what came out. */
export function comparisonLines(compared: Comparable, onlyDifferences: boolean): ComparisonLine[] {
  const texts = (kind: ComparisonLine['kind'], rows: readonly TextRow[]): ComparisonLine[] => rows.map((row) => ({ kind, ...row }));
  const lines = [
    ...texts('config', compared.config), ...texts('code', compared.code), ...texts('data', compared.data), ...texts('environment', compared.environment),
    ...compared.metrics.map<ComparisonLine>((row) => ({ kind: 'metric', name: row.name, differs: row.differs, values: alike(row.values) })),
  ];
  // Metrics stay: that they came out alike is a finding, that batch sizes are alike is not.
  return onlyDifferences ? lines.filter((line) => line.differs || line.kind === 'metric') : lines;
}

/** Numbers of one row with the same decimals, so that they can be compared at a glance. */
function alike(values: readonly (number | null)[]): (string | null)[] {
  const decimals = sharedDecimals(values);
  return values.map((value) => {
    if (value === null) return null;
    return decimals === null || !Number.isFinite(value) ? valueText(value, 6) : formatNumber(value, { decimals });
  });
}

/** Whether a cell differs from the first run's: that one is what others are read against. */
export function differsFromFirst(line: ComparisonLine, index: number): boolean {
  return index > 0 && line.differs && line.values[index] !== line.values[0];
}
