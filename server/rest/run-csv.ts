import type { Reader } from '../../adapters/postgres/reader.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { csvLine } from '../../domain/search/csv.ts';
import type { RunFilter, RunOrder } from '../../domain/search/run-filter.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import type { RunPage } from '../../operations/ports/run-search.ts';
import { visibleProjects } from '../visibility.ts';

type Field = RunOrder['field'];
export interface RunTableAsk { readonly viewer: Viewer; readonly projectSlug: string; readonly filter: RunFilter | null; readonly orderBy: readonly RunOrder[]; readonly columns: readonly Field[] }
interface From { readonly reader: Reader; readonly ports: Pick<Ports, 'runSearch'> }

/** Runs that are in memory at a time. */
const PAGE = 1_000;
const HEAD = ['run_id', 'name', 'experiment', 'status', 'seed', 'start_time', 'end_time', 'excluded'];
const PREFIX = { metric: 'metrics', param: 'params', tag: 'tags', attribute: 'attributes' } as const;

const headOf = (field: Field): string => `${PREFIX[field.kind]}.${field.kind === 'attribute' ? field.name : field.key}`;

/** All matching runs as lines of CSV, a page at a time; what is refused is refused before the first line. */
export async function runCsv(from: From, ask: RunTableAsk): Promise<AsyncIterable<string>> {
  const first = await pageAfter(from, ask, null);
  return lines(from, ask, first);
}

const pageAfter = ({ ports }: From, { viewer, projectSlug, filter, orderBy }: RunTableAsk, after: string | null): Promise<RunPage> =>
  ports.runSearch.find({ viewer, projectSlug, filter, lifecycle: 'ACTIVE' }, { first: PAGE, orderBy, after });

async function* lines(from: From, ask: RunTableAsk, first: RunPage): AsyncGenerator<string> {
  const columns = ask.columns.filter((field) => field.kind !== 'attribute');
  yield csvLine([...HEAD, ...columns.map(headOf)]);
  for (let page = first; ;) {
    yield await pageLines(from, ask.viewer, { ids: page.hits.map(({ runId }) => runId), columns });
    const last = page.hits.at(-1);
    if (!page.hasMore || !last) return;
    page = await pageAfter(from, ask, last.cursor);
  }
}

async function pageLines({ reader }: From, viewer: Viewer, { ids, columns }: { readonly ids: string[]; readonly columns: readonly Field[] }): Promise<string> {
  const rows = await reader.run.findMany({ where: { id: { in: ids }, experiment: { project: visibleProjects(viewer) } }, include: { experiment: { select: { number: true, project: { select: { key: true } } } } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const cells = await cellsOf(reader, ids, columns);
  return ids.flatMap((id) => {
    const run = byId.get(id);
    if (!run) return [];
    const facts = [run.id, run.name, `${run.experiment.project.key}-${run.experiment.number}`, run.status, run.seed ?? '', run.startedAt?.toISOString() ?? '', run.endedAt?.toISOString() ?? '', run.excludedReason ?? ''];
    return [csvLine([...facts, ...columns.map((field) => cells.get(`${id} ${headOf(field)}`) ?? '')])];
  }).join('');
}

/** The values of a page, by run id and head. */
async function cellsOf(reader: Reader, ids: string[], columns: readonly Field[]): Promise<ReadonlyMap<string, string>> {
  const keys = (kind: Field['kind']): string[] => columns.flatMap((field) => (field.kind === kind && field.kind !== 'attribute' ? [field.key] : []));
  const rows = await reader.$queryRaw<{ id: string; head: string; value: string }[]>`
    SELECT run_id AS id, 'params.' || key AS head, value FROM run_params WHERE run_id = ANY(${ids}) AND key = ANY(${keys('param')})
    UNION ALL SELECT run_id, 'tags.' || key, value FROM run_tags WHERE run_id = ANY(${ids}) AND key = ANY(${keys('tag')})
    UNION ALL SELECT run_id, 'metrics.' || key, last_value::text FROM metric_series WHERE run_id = ANY(${ids}) AND key = ANY(${keys('metric')})`;
  return new Map(rows.map(({ id, head, value }) => [`${id} ${head}`, value]));
}
