import type { CSSProperties } from 'react';
import { columnText, isFact, type Fact, type RunColumn } from './run-columns.ts';

const FACT_WIDTHS: Readonly<Record<Fact, number>> = { status: 128, experiment: 168, variant: 184, seed: 64, user: 96, started: 104, ended: 104, took: 88 };
const WIDTHS = { metric: 116, param: 124, tag: 124 } as const;
export const NAME_WIDTH = 224;
export const SELECT_WIDTH = 36;

export const usualWidth = (column: RunColumn): number => (column.kind === 'fact' ? (isFact(column.key) ? FACT_WIDTHS[column.key] : 96) : WIDTHS[column.kind]);

/** Widths, and where those that stay in sight stand, as variables: when an edge is dragged, no row is drawn again. */
export function columnVariables(columns: readonly RunColumn[], widths: ReadonlyMap<string, number>): CSSProperties {
  const name = widths.get('name') ?? NAME_WIDTH;
  const variables: Record<string, string> = { '--wn': `${name}px` };
  let left = SELECT_WIDTH + name;
  for (const [place, column] of columns.entries()) {
    const width = widths.get(columnText(column)) ?? usualWidth(column);
    variables[`--w${place}`] = `${width}px`;
    variables[`--l${place}`] = `${left}px`;
    left += width;
  }
  variables['--wt'] = `${left}px`;
  return variables as CSSProperties;
}
