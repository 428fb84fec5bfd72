/** Browsers lay out no element taller than this, in pixels; beyond, one pixel of scrolling is more than one pixel of lines. */
const TALLEST_PX = 15_000_000;

export interface WindowAsk {
  /** Lines there are, one row each. */
  readonly count: number;
  readonly rowPx: number;
  readonly heightPx: number;
  readonly scrollTop: number;
  /** Lines that fit into the window at its end: fewer than rows when lines wrap. */
  readonly fit: number;
}

export interface ConsoleWindow {
  /** Height of the whole, for the scroll bar. */
  readonly totalPx: number;
  /** Index of the first line drawn, and how many are. */
  readonly first: number;
  readonly drawn: number;
  /** How far the first line is scrolled out at the top. */
  readonly offsetPx: number;
  /** The last line stands at the bottom. */
  readonly atEnd: boolean;
}

const totalOf = ({ count, rowPx, heightPx, fit }: Omit<WindowAsk, 'scrollTop'>): number => Math.min(heightPx + Math.max(0, count - fit) * rowPx, TALLEST_PX);

/**
 * Which lines stand in the window. The scroll bar says how far one is between the first line and the last windowful, by lines and not by pixels: so a million
 * lines scroll, and lines that wrap need no measuring.
 */
export function windowOf(ask: WindowAsk): ConsoleWindow {
  const { count, rowPx, heightPx, scrollTop, fit } = ask;
  const totalPx = totalOf(ask);
  const rows = Math.ceil(heightPx / rowPx) + 1;
  const way = totalPx - heightPx;
  if (way <= 0) return { totalPx, first: 0, drawn: count, offsetPx: 0, atEnd: true };
  const atEnd = scrollTop >= way - 1;
  const exact = fit === heightPx / rowPx;
  const place = Math.min(1, Math.max(0, scrollTop / way)) * (count - fit);
  const first = Math.max(0, Math.min(Math.floor(place), count - 1));
  return { totalPx, first, drawn: Math.min(rows, count - first), offsetPx: exact ? Math.round((place - first) * rowPx) : 0, atEnd };
}

/** Where to scroll so that so many lines stand before this one in the window. */
export function scrollTopFor(index: number, ask: Omit<WindowAsk, 'scrollTop'>, before: number): number {
  const way = totalOf(ask) - ask.heightPx;
  const most = ask.count - ask.fit;
  if (way <= 0 || most <= 0) return 0;
  return Math.round((Math.max(0, Math.min(index - before, most)) / most) * way);
}

/** Lines that fit at the end when each takes as many rows as its text wraps to. */
export function fitAtEnd(lengths: readonly number[], columns: number, rows: number): number {
  let room = rows;
  let fit = 0;
  for (const length of lengths.toReversed()) {
    room -= Math.max(1, Math.ceil(length / Math.max(1, columns)));
    if (room < 0) break;
    fit += 1;
  }
  return Math.max(1, fit);
}
