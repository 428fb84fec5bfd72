import type { CSSProperties } from 'react';
import { columnHead, columnText, isFact, type Fact, type RunColumn } from './run-columns.ts';

const FACT_WIDTHS: Readonly<Record<Fact, number>> = { status: 128, experiment: 160, variant: 176, seed: 56, user: 88, started: 96, ended: 96, took: 80 };
const WIDTHS = { metric: 108, param: 116, tag: 116 } as const;
export const NAME_WIDTH = 208;
export const SELECT_WIDTH = 36;

/** Widths beyond this are left to whoever wants to read all of a long name. */
const LONGEST_HEAD = 176;
/** What a head needs for its name, its order, its menu and its edge. */
const headWidth = (column: RunColumn): number => Math.min(LONGEST_HEAD, 40 + Math.ceil(6.5 * columnHead(column).length));

export const usualWidth = (column: RunColumn): number => Math.max(headWidth(column), column.kind === 'fact' ? (isFact(column.key) ? FACT_WIDTHS[column.key] : 96) : WIDTHS[column.kind]);

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
