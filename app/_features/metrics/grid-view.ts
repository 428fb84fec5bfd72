import { overrideFrom, overrideText, type ChartOverride } from '../../_charts/chart-view.ts';
import { SPREADS, type Spread } from '../../_charts/spread.ts';

/** A chart put before another of its section, or at the section's end. */
export interface Move {
  readonly key: string;
  readonly before: string | null;
}

/** What of a grid of charts is to be seen, and where. A chart is named by its first metric. */
export interface GridView {
  readonly search: string;
  readonly regex: boolean;
  /** Charts of the first section, in order. */
  readonly pinned: readonly string[];
  /** Metrics in one chart; the first is the chart's own. */
  readonly overlays: readonly (readonly string[])[];
  readonly moves: readonly Move[];
  /** Sections that are folded away. */
  readonly closed: readonly string[];
  /** Charts as wide as the page. */
  readonly wide: readonly string[];
  /** Charts that are drawn otherwise than the rest. */
  readonly own: ReadonlyMap<string, ChartOverride>;
  /** A line a run, or a middle and a band a variant. */
  readonly lines: 'runs' | 'variants';
  readonly spread: Spread;
}

interface Readable { get(name: string): string | null }

/** Marks that part the pieces of an address; inside a name they are written as percent codes. */
const MARKS = /[%,~>:]/g;
const escaped = (name: string): string => name.replaceAll(MARKS, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
const unescaped = (text: string): string => text.replaceAll(/%(25|2C|7E|3E|3A)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

const listFrom = (text: string | null): string[] => (text ?? '').split(',').filter((piece) => piece !== '');
const namesFrom = (text: string | null): string[] => [...new Set(listFrom(text).map(unescaped))];
const listText = (pieces: readonly string[]): string | null => (pieces.length === 0 ? null : pieces.join(','));
const namesText = (names: readonly string[]): string | null => listText(names.map(escaped));

/** Reads the grid out of the address; what is odd is passed over. */
export function gridViewFrom(params: Readable): GridView {
  return {
    search: params.get('q') ?? '',
    regex: params.get('re') === '1',
    pinned: namesFrom(params.get('pin')),
    overlays: listFrom(params.get('over')).map((piece) => [...new Set(piece.split('~').map(unescaped))]).filter((keys) => keys.length > 1),
    moves: listFrom(params.get('move')).flatMap((piece) => {
      const [key = '', before = '', ...more] = piece.split('>').map(unescaped);
      return key === '' || more.length > 0 ? [] : [{ key, before: before === '' ? null : before }];
    }),
    closed: namesFrom(params.get('fold')),
    wide: namesFrom(params.get('wide')),
    own: new Map(listFrom(params.get('own')).flatMap((piece) => {
      const [key = '', words = ''] = piece.split(':').map(unescaped);
      const own = overrideFrom(words);
      return overrideText(own) === null ? [] : [[key, own] as const];
    })),
    lines: params.get('curves') === 'variants' ? 'variants' : 'runs',
    spread: SPREADS.find((spread) => spread === params.get('band')) ?? 'ci',
  };
}

/** What the grid adds to the address; defaults add nothing. */
export function gridViewParams(view: GridView): Readonly<Record<string, string | null>> {
  return {
    q: view.search === '' ? null : view.search,
    re: view.regex ? '1' : null,
    pin: namesText(view.pinned),
    over: listText(view.overlays.map((keys) => keys.map(escaped).join('~'))),
    move: listText(view.moves.map(({ key, before }) => `${escaped(key)}>${before === null ? '' : escaped(before)}`)),
    fold: namesText(view.closed),
    wide: namesText(view.wide),
    own: listText([...view.own].flatMap(([key, own]) => { const words = overrideText(own); return words === null ? [] : [`${escaped(key)}:${words}`]; })),
    curves: view.lines === 'variants' ? 'variants' : null,
    band: view.spread === 'ci' ? null : view.spread,
  };
}
