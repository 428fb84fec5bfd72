import { columnsFrom, columnsText, columnText, type RunColumn } from './run-columns.ts';

/** What a view of the runs table is made of. All of it is in the address; what is as usual adds nothing. */
export interface RunView {
  /** What was typed, in the filter language. */
  readonly filter: string;
  /** "-m:acc,p:lr"; null is newest first. */
  readonly sort: string | null;
  /** In their order; null for the usual ones. */
  readonly columns: readonly RunColumn[] | null;
  /** Grouped by this column; null for one list. */
  readonly group: RunColumn | null;
  /** Runs that share a value of this column share a colour. */
  readonly colour: RunColumn | null;
  /** How many columns stay in sight while the others scroll by, the name not counted. */
  readonly pinned: number;
  /** Widths in pixels that differ from the usual ones, by the column's text. */
  readonly widths: ReadonlyMap<string, number>;
}

/** The parameters of the address that are a view's, in the order they are saved in. */
export const VIEW_PARAMS = ['filter', 'sort', 'cols', 'group', 'colour', 'pin', 'w'] as const;
export type ViewParams = Readonly<Record<(typeof VIEW_PARAMS)[number], string | null>>;

const NARROWEST = 48;
const WIDEST = 900;
const MOST_PINNED = 4;

interface Params { get(name: string): string | null }

/** Whether runs are coloured by another column than the one they are grouped by: then a group has no colour of its own. */
export const isColouredApart = ({ group, colour }: Pick<RunView, 'group' | 'colour'>): boolean => group !== null && colour !== null && columnText(group) !== columnText(colour);

export function viewFrom(params: Params): RunView {
  const [group = null] = columnsFrom(params.get('group')) ?? [];
  const [colour = null] = columnsFrom(params.get('colour')) ?? [];
  return {
    filter: params.get('filter') ?? '', sort: params.get('sort'), columns: columnsFrom(params.get('cols')), group, colour,
    pinned: Math.max(0, Math.min(MOST_PINNED, Math.trunc(Number(params.get('pin')) || 0))), widths: widthsFrom(params.get('w')),
  };
}

function widthsFrom(text: string | null): ReadonlyMap<string, number> {
  return new Map((text ?? '').split(',').flatMap((part) => {
    const at = part.lastIndexOf('*');
    const width = Number(part.slice(at + 1));
    return at > 0 && Number.isFinite(width) ? [[part.slice(0, at), clampWidth(width)] as const] : [];
  }));
}

export const clampWidth = (width: number): number => Math.round(Math.max(NARROWEST, Math.min(WIDEST, width)));
export const widthsText = (widths: ReadonlyMap<string, number>): string => [...widths].map(([id, width]) => `${id}*${width}`).join(',');

const TEXTS: { readonly [Part in keyof RunView]: readonly [param: keyof ViewParams, text: (value: RunView[Part]) => string | null] } = {
  filter: ['filter', (text) => text || null],
  sort: ['sort', (text) => text],
  columns: ['cols', (columns) => columns && columnsText(columns)],
  group: ['group', (column) => column && columnText(column)],
  colour: ['colour', (column) => column && columnText(column)],
  pinned: ['pin', (count) => (count === 0 ? null : String(count))],
  widths: ['w', (widths) => widthsText(widths) || null],
};

/** A change of the view as a change of the address. */
export function changeText(change: Partial<RunView>): Partial<ViewParams> {
  return Object.fromEntries((Object.keys(change) as (keyof RunView)[]).map((part) => {
    const [param, text] = TEXTS[part] as readonly [string, (value: unknown) => string | null];
    return [param, text(change[part])];
  }));
}

/** The view's part of an address: the same view is always the same text, so two can be compared. */
export function stateOf(params: Params): string {
  const state = new URLSearchParams();
  for (const name of VIEW_PARAMS) {
    const value = params.get(name);
    if (value !== null && value !== '') state.set(name, value);
  }
  return state.toString();
}

/** What the address has to become to show a saved state: parameters that it does not have go away. */
export function paramsOf(state: string): ViewParams {
  const params = new URLSearchParams(state);
  return Object.fromEntries(VIEW_PARAMS.map((name) => [name, params.get(name)])) as ViewParams;
}
