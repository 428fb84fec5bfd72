import type { SeriesStyle } from './chart-series.ts';

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

/** How many series a reader can tell apart; there is never a ninth hue. */
export const COLOURED_SERIES = 8;

/** Above this many lines the grey ones become a density: each is fainter, so that overlap carries the ink. */
export const DENSITY_FROM = 200;

/** Colour and dash of the series at `index`: the eight hues in their fixed order, dashes in a cycle of four. */
export function seriesStyle(index: number): SeriesStyle {
  const place = ((index % COLOURED_SERIES) + COLOURED_SERIES) % COLOURED_SERIES;
  return { token: `--c${place + 1}`, dash: DASHES[place % DASHES.length] ?? [] };
}

export const BASELINE_STYLE: SeriesStyle = { token: '--ink-3', dash: [5, 3] };

/** Context that is neither best, baseline, pinned nor hovered. */
export const QUIET_STYLE: SeriesStyle = { token: '--ink-4', dash: [] };

/** How a faint line is drawn. */
export const FAINT = { width: 1, opacity: 0.55 } as const;

/** Of a run beside the line of its variant: the same colour, thinner and paler. */
export const faint = (style: SeriesStyle): SeriesStyle => ({ ...style, faint: true });

/** Opacity of one quiet line among `count`: 35 %, and beyond 200 lines in proportion, never below 3 %. */
export function quietOpacity(count: number): number {
  if (count <= DENSITY_FROM) return 0.35;
  return Math.max(0.03, (0.35 * DENSITY_FROM) / count);
}

/**
 * Styles for many series: up to eight all keep a colour; beyond that only those named in `keep` do (in that order, eight at most)
 * and the rest are quiet. A baseline is always the dashed grey.
 */
export function assignStyles(ids: readonly string[], options: { readonly baseline?: string | undefined; readonly keep?: readonly string[] }): Map<string, SeriesStyle> {
  const others = ids.filter((id) => id !== options.baseline);
  const coloured = others.length <= COLOURED_SERIES ? others : (options.keep ?? []).filter((id) => others.includes(id)).slice(0, COLOURED_SERIES);
  const styles = new Map<string, SeriesStyle>(others.map((id) => [id, QUIET_STYLE]));
  for (const [index, id] of coloured.entries()) styles.set(id, seriesStyle(index));
  if (options.baseline !== undefined) styles.set(options.baseline, BASELINE_STYLE);
  return styles;
}
