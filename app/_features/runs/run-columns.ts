/** A column of the runs table: a metric's last value, a param or a tag. In the address as m:acc, p:lr, t:team. */
export interface RunColumn {
  readonly kind: 'metric' | 'param' | 'tag';
  readonly key: string;
}

const LETTERS = { metric: 'm', param: 'p', tag: 't' } as const;
const MOST_COLUMNS = 40;

export function columnsFrom(text: string | null): RunColumn[] | null {
  if (text === null) return null;
  const columns: RunColumn[] = [];
  for (const part of text.split(',').slice(0, MOST_COLUMNS)) {
    const kind = (['metric', 'param', 'tag'] as const).find((one) => part.startsWith(`${LETTERS[one]}:`));
    const key = decodeKey(part.slice(2));
    if (kind !== undefined && key !== '') columns.push({ kind, key });
  }
  return columns;
}

function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

export function columnsText(columns: readonly RunColumn[]): string {
  return columns.map((column) => `${LETTERS[column.kind]}:${encodeURIComponent(column.key)}`).join(',');
}

export const columnId = (column: RunColumn): string => `${LETTERS[column.kind]}:${column.key}`;

const MOST_DECIMALS = 6;

/** Decimals that a column of numbers shares, so that its points line up: enough for five significant figures of the smallest, at most six; null where powers of ten are needed. */
export function sharedDecimals(values: readonly (number | null)[]): number | null {
  const sizes = values.filter((value) => value !== null && Number.isFinite(value) && value !== 0).map((value) => Math.abs(value ?? 0));
  if (sizes.length === 0 || values.every((value) => value === null || Number.isInteger(value))) return 0;
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (least < 1e-4 || most >= 1e6) return null;
  return Math.max(0, Math.min(MOST_DECIMALS, 3 - Math.floor(Math.log10(least))));
}

/** A name in the filter language: bare where it may be, else in backticks, as MLflow writes it. */
function fieldName(column: RunColumn): string {
  const place = { metric: 'metrics', param: 'params', tag: 'tags' }[column.kind];
  return /^[A-Za-z_][A-Za-z0-9_.]*$/.test(column.key) ? `${place}.${column.key}` : `${place}.\`${column.key}\``;
}

const ATTRIBUTES: Readonly<Record<string, string>> = { name: 'run_name', status: 'status', started: 'start_time' };

/** The order of the address ("m:acc", "-started") in the words of the server; null is newest first. */
export function orderText(sort: string | null): string | null {
  if (sort === null || sort === '') return null;
  const descending = sort.startsWith('-');
  const id = descending ? sort.slice(1) : sort;
  const field = ATTRIBUTES[id] ?? columnsFrom(id)?.map(fieldName)[0];
  return field === undefined ? null : `${field} ${descending ? 'DESC' : 'ASC'}`;
}

/** The next order when a head is pressed: first the good end, then the other, then none. */
export function nextSort(sort: string | null, id: string): string | null {
  if (sort === `-${id}`) return id;
  return sort === id ? null : `-${id}`;
}

/** Only runs of this experiment, and of those the ones that match what was typed. */
export function filterText(experimentKey: string, typed: string): string {
  const own = `experiment = '${experimentKey}'`;
  return typed.trim() === '' ? own : `${own} AND (${typed.trim()})`;
}

/** Columns to begin with: the hypothesis' metric and guardrails, else the first metrics; then what was changed. */
export function defaultColumns(facts: { readonly metric: string | null; readonly guardrails: readonly string[]; readonly metricKeys: readonly string[]; readonly changedParams: readonly string[] }): RunColumn[] {
  const named = [...new Set([...(facts.metric === null ? [] : [facts.metric]), ...facts.guardrails])];
  const metrics = named.length > 0 ? named : facts.metricKeys.filter((key) => !key.startsWith('system/')).slice(0, 3);
  return [...metrics.map<RunColumn>((key) => ({ kind: 'metric', key })), ...facts.changedParams.slice(0, 5).map<RunColumn>((key) => ({ kind: 'param', key }))];
}
