import type { ChartSeries } from './chart-series.ts';

const NAMED = /^([\w./-]+)=([^,=]+)$/;

/** The name that all lines but the baseline share, as in "lr=0.1" and "lr=0.3"; null where they share none. */
export function sharedName(series: readonly ChartSeries[]): string | null {
  const others = series.filter((one) => one.label !== 'baseline');
  const names = new Set(others.map((one) => NAMED.exec(one.label)?.[1]));
  const [name] = names;
  return others.length > 1 && names.size === 1 && name !== undefined ? name : null;
}

/** What stands at a line's end: the value alone where the figure's head says the name, so that lines get the room and not their labels. */
export const shortLabel = (label: string, name: string | null): string => (name !== null && label.startsWith(`${name}=`) ? label.slice(name.length + 1) : label);
