import type { SeriesStyle } from './chart-series.ts';
import { FAINT } from './series-style.ts';

/** A short piece of the line itself: colour and dash. */
export function SeriesKey({ style }: { readonly style: SeriesStyle }) {
  return (
    <svg width="18" height="8" viewBox="0 0 18 8" aria-hidden="true">
      <path d="M0 4H18" fill="none" stroke={`var(${style.token})`} strokeWidth={style.faint === true ? FAINT.width : 2} strokeOpacity={style.faint === true ? FAINT.opacity : undefined} strokeDasharray={style.dash.length > 0 ? style.dash.join(' ') : undefined} />
    </svg>
  );
}

/** The key of a band: what grey means. */
export function BandKey({ token }: { readonly token: string }) {
  return (
    <svg width="18" height="8" viewBox="0 0 18 8" aria-hidden="true">
      <path d="M0 0h18v8H0z" fill={`var(${token})`} fillOpacity="0.22" />
    </svg>
  );
}
