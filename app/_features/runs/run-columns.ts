import { tellingFirst } from '../../../domain/metrics/telling.ts';

/** A column of the runs table: a fact of the run, a metric's last value, a param or a tag. In the address as started, m:acc, p:lr, t:team. */
export interface RunColumn {
  readonly kind: 'fact' | 'metric' | 'param' | 'tag';
  readonly key: string;
}

const LETTERS = { metric: 'm', param: 'p', tag: 't' } as const;
const KINDS = ['metric', 'param', 'tag'] as const;
const MOST_COLUMNS = 60;

/** Facts that can be a column, with their names in the filter language where they have one. */
export const FACTS = {
  status: { head: 'status', field: 'status' },
  experiment: { head: 'experiment', field: 'experiment' },
  variant: { head: 'variant', field: 'variant' },
  seed: { head: 'seed', field: null },
  user: { head: 'by', field: 'user_id' },
  started: { head: 'started', field: 'start_time' },
  ended: { head: 'ended', field: 'end_time' },
  took: { head: 'took', field: null },
} as const;
export type Fact = keyof typeof FACTS;
export const isFact = (text: string): text is Fact => Object.hasOwn(FACTS, text);

export const columnId = (column: RunColumn): string => (column.kind === 'fact' ? column.key : `${LETTERS[column.kind]}:${column.key}`);
export const columnHead = (column: RunColumn): string => (column.kind === 'fact' && isFact(column.key) ? FACTS[column.key].head : column.key);

/** One column as the address writes it. */
function columnFrom(part: string): RunColumn | null {
  if (isFact(part)) return { kind: 'fact', key: part };
  const kind = KINDS.find((one) => part.startsWith(`${LETTERS[one]}:`));
  const key = decodeKey(part.slice(2));
  return kind === undefined || key === '' ? null : { kind, key };
}

export function columnsFrom(text: string | null): RunColumn[] | null {
  if (text === null) return null;
  const columns = text.split(',').map(columnFrom).filter((column) => column !== null);
  return [...new Map(columns.map((column) => [columnId(column), column])).values()].slice(0, MOST_COLUMNS);
}

function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

export const columnText = (column: RunColumn): string => (column.kind === 'fact' ? column.key : `${LETTERS[column.kind]}:${encodeURIComponent(column.key)}`);
export const columnsText = (columns: readonly RunColumn[]): string => columns.map(columnText).join(',');

const MOST_DECIMALS = 6;

/** Decimals that a column of numbers shares, so that its points line up: enough for five significant figures of the smallest, at most six; null where powers of ten are needed. */
export function sharedDecimals(values: readonly (number | null)[]): number | null {
  const sizes = values.filter((value) => value !== null && Number.isFinite(value) && value !== 0).map((value) => Math.abs(value ?? 0));
  if (sizes.length === 0 || values.every((value) => value === null || Number.isInteger(value))) return 0;
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (least < 1e-4 || most >= 1e6) return null;
  return Math.max(0, Math.min(MOST_DECIMALS, 3 - Math.floor(Math.log10(least))));
}

/** A column in the filter language, odd names in backticks, as MLflow writes them; null for what it has no name for. */
export function fieldName(column: RunColumn): string | null {
  if (column.kind === 'fact') return isFact(column.key) ? FACTS[column.key].field : null;
  const place = { metric: 'metrics', param: 'params', tag: 'tags' }[column.kind];
  return /^[A-Za-z_][A-Za-z0-9_.]*$/.test(column.key) ? `${place}.${column.key}` : `${place}.\`${column.key.replaceAll('`', '``')}\``;
}

/** The order of the address ("-m:acc,p:lr", "-started") in the words of the server; null is newest first. */
export function orderText(sort: string | null): string | null {
  const keys = (sort ?? '').split(',').flatMap((part) => {
    const descending = part.startsWith('-');
    const id = descending ? part.slice(1) : part;
    const column = columnFrom(id);
    const field = id === 'name' ? 'run_name' : column && fieldName(column);
    return field ? [`${field} ${descending ? 'DESC' : 'ASC'}`] : [];
  });
  return keys.length === 0 ? null : keys.join(', ');
}

/** Which way a column is ordered, and as which key of the order (from 1); null when it is not. */
export function directionOf(sort: string | null, text: string): { readonly descending: boolean; readonly place: number } | null {
  const keys = (sort ?? '').split(',').filter((key) => key !== '');
  const place = keys.findIndex((key) => key === text || key === `-${text}`);
  return place < 0 ? null : { descending: keys[place] === `-${text}`, place: place + 1 };
}

/** The next order when a head is pressed: first the good end, then the other, then none. With shift the column joins the others. */
export function nextSort(sort: string | null, text: string, join = false): string | null {
  const others = join ? (sort ?? '').split(',').filter((key) => key !== '' && key !== text && key !== `-${text}`) : [];
  const now = directionOf(sort, text);
  const own = now === null ? [`-${text}`] : now.descending ? [text] : [];
  const place = now === null ? others.length : Math.min(now.place - 1, others.length);
  const next = [...others.slice(0, place), ...own, ...others.slice(place)];
  return next.length === 0 ? null : next.join(',');
}

/** Both conditions; what was typed can narrow the other but not leave it. Empty ones do not count. */
export function bothFilters(own: string, typed: string): string {
  if (typed.trim() === '') return own;
  return own === '' ? typed.trim() : `${own} AND (${typed.trim()})`;
}

/** Only runs of this experiment. */
export const experimentFilter = (key: string): string => `experiment = '${key}'`;

const fact = (key: Fact): RunColumn => ({ kind: 'fact', key });

/** As many fit on a page 1440 pixels wide, beside what tells runs apart; the others are one choice away. */
const MOST_MEASURED = 3;

/** Columns to begin with: the hypothesis' metric and guardrails, else the metrics that tell most; then what was changed; around them what tells runs apart. */
export function defaultColumns(facts: { readonly metric: string | null; readonly guardrails: readonly string[]; readonly metricKeys: readonly string[]; readonly changedParams: readonly string[]; readonly of: 'experiment' | 'project' }): RunColumn[] {
  const named = [...new Set([...(facts.metric === null ? [] : [facts.metric]), ...facts.guardrails])];
  const metrics = named.length > 0 ? named : tellingFirst(facts.metricKeys);
  const measured = [...metrics.map<RunColumn>((key) => ({ kind: 'metric', key })), ...facts.changedParams.map<RunColumn>((key) => ({ kind: 'param', key }))].slice(0, MOST_MEASURED);
  const around = facts.of === 'experiment' ? [fact('status'), fact('variant'), fact('seed')] : [fact('status'), fact('experiment')];
  return [...around, ...measured, ...(facts.of === 'project' ? [fact('user')] : []), fact('started'), fact('took')];
}
