import { z } from 'zod';
import { shownName } from '../../domain/runs/tracked-name.ts';
import { REMEMBERED } from '../../operations/experiments/track-experiment.ts';
import { visibleProjects } from '../visibility.ts';
import { fieldsOf, type Call, type Handler } from './call.ts';
import { experimentAnswer, WITH_PROJECT_AND_TAGS } from './experiment-answer.ts';
import { count, text, texts } from './fields.ts';
import { meets, type Condition } from './condition.ts';
import { parseFilter, parseOrder, sorted } from './filter.ts';
import { offsetFrom, tokenFor } from './page-token.ts';
import { listed } from './run-answer.ts';
import { lifecycleOf, requirePageSize, viewType } from './runs.ts';

const ATTRIBUTES = ['name', 'experiment_id', 'creation_time', 'last_update_time'] as const;
const RULES = { attributes: ATTRIBUTES, numeric: ['creation_time', 'last_update_time'], entities: ['tag'] } as const;
const MOST = 50_000;
const LIFECYCLE = { ACTIVE: { deletedAt: null }, DELETED: { deletedAt: { not: null } }, ALL: {} } as const;

const searchFields = z.object({ max_results: count.optional(), page_token: text.optional(), filter: text.optional(), order_by: texts.optional(), view_type: viewType });

/** What a filter looks at, small enough to hold for every experiment of an organization at once. */
interface Candidate {
  readonly mlflowId: number;
  readonly values: Readonly<Record<string, string | number>>;
  readonly tags: ReadonlyMap<string, string>;
}

/** Names are made of two columns and, sometimes, of a remembered tag: so names are made first and filtered here. */
export const searchExperiments: Handler = async (call) => {
  const fields = await fieldsOf(call, searchFields);
  const size = fields.max_results ?? 1000;
  requirePageSize(size, MOST);
  const conditions = parseFilter(fields.filter, RULES);
  const orders = parseOrder(fields.order_by, ATTRIBUTES);
  const offset = offsetFrom(fields.page_token);
  const candidates = await candidatesFor(call, conditions, LIFECYCLE[lifecycleOf(fields.view_type, 'view_type')]);
  const found = candidates.filter((each) => conditions.every((condition) => meets(valueAt(each, condition), condition)));
  const ordered = sorted(found, [...(orders.length > 0 ? orders : [{ key: 'creation_time', descending: true }]), { key: 'number', descending: false }], (each, key) => (key === 'number' ? each.mlflowId : each.values[key] ?? null));
  const page = ordered.slice(offset, offset + size).map((each) => each.mlflowId);
  const rows = await call.deps.reader.experiment.findMany({ where: { mlflowId: { in: page }, project: visibleProjects(call.viewer) }, include: WITH_PROJECT_AND_TAGS });
  const byId = new Map(rows.map((row) => [row.mlflowId, row]));
  const experiments = page.flatMap((id) => byId.get(id) ?? []).map(experimentAnswer);
  return { ...listed('experiments', experiments), ...(offset + size < ordered.length ? { next_page_token: tokenFor(offset + size) } : {}) };
};

function valueAt({ values, tags }: Candidate, { entity, key }: Condition): string | number | null {
  return (entity === 'tag' ? tags.get(key) : values[key]) ?? null;
}

async function candidatesFor({ deps, viewer }: Call, conditions: readonly Condition[], lifecycle: (typeof LIFECYCLE)[keyof typeof LIFECYCLE]): Promise<readonly Candidate[]> {
  const keys = [REMEMBERED.name, ...conditions.filter(({ entity }) => entity === 'tag').map(({ key }) => key)];
  const rows = await deps.reader.experiment.findMany({
    where: { ...lifecycle, project: visibleProjects(viewer) },
    select: { mlflowId: true, name: true, createdAt: true, updatedAt: true, project: { select: { slug: true } }, tags: { where: { key: { in: keys } }, select: { key: true, value: true } } },
  });
  return rows.map(({ mlflowId, name, createdAt, updatedAt, project, tags: rowTags }) => {
    const tags = new Map(rowTags.map(({ key, value }) => [key, value]));
    const shown = shownName({ projectSlug: project.slug, experimentName: name }, tags.get(REMEMBERED.name));
    return { mlflowId, tags, values: { name: shown, experiment_id: String(mlflowId), creation_time: createdAt.getTime(), last_update_time: updatedAt.getTime() } };
  });
}
