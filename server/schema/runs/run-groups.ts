import { parseRunFilter } from '../../../domain/search/parse-run-filter.ts';
import { parseRunOrder } from '../../../domain/search/parse-run-order.ts';
import { formatRunFilter } from '../../../domain/search/format-run-filter.ts';
import { isNumeric, type RunOrder } from '../../../domain/search/run-filter.ts';
import type { RunGroup } from '../../../domain/search/group-runs.ts';
import { badInput } from '../../../domain/refusal.ts';
import { estimateMean } from '../../../domain/statistics/estimate.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { variantOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { EstimateRef } from '../variants/variant.ts';

interface Grouped extends RunGroup { readonly by: RunOrder['field']; readonly metric: string | null }

/** The condition that a run is in the group, in the filter language. */
function conditionOf({ by, value }: Grouped): string {
  if (value === null) return formatRunFilter({ kind: 'null', field: by, negated: false });
  return formatRunFilter({ kind: 'compare', field: by, comparator: '=', value: isNumeric(by) ? Number(value) : value });
}

const RunGroupRef = builder.objectRef<Grouped>('RunGroup').implement({
  description: 'Runs that share a value of a field.',
  fields: (t) => ({
    value: t.exposeString('value', { nullable: true, description: 'Null for the runs without the field.' }),
    label: t.string({
      description: "The value for people: a variant's label instead of its id.",
      nullable: true,
      resolve: async ({ by, value }, _, context) => (by.kind === 'attribute' && by.name === 'variant' && value !== null ? (await variantOf(context, value))?.label ?? value : value),
    }),
    filter: t.string({ description: 'The condition that a run is in this group, in the filter language.', resolve: conditionOf }),
    runs: t.exposeInt('runs'),
    estimate: t.field({
      type: EstimateRef,
      nullable: true,
      description: "Of the metric's latest values, over the runs of the group that finished and were not excluded. Null without a metric, and where none of them logged it.",
      resolve: ({ metric, values }) => {
        const estimate = metric === null ? null : estimateMean(values);
        return estimate && metric !== null ? { metric, n: estimate.n, mean: estimate.mean, sd: estimate.sd, ciLow: estimate.interval?.low ?? null, ciHigh: estimate.interval?.high ?? null, values } : null;
      },
    }),
  }),
});

const RunGroupsRef = builder.objectRef<{ readonly groups: readonly Grouped[]; readonly totalCount: number }>('RunGroups').implement({
  fields: (t) => ({
    totalCount: t.exposeInt('totalCount', { description: 'Groups, of which the first ones are listed.' }),
    groups: t.field({ type: [RunGroupRef], resolve: ({ groups }) => [...groups] }),
  }),
});

builder.queryField('runGroups', (t) => t.field({
  type: RunGroupsRef,
  description: 'Runs that match a filter, grouped by a field such as params.optimizer, tags.team or attributes.status, in the order of its values. Refuses with search/bad-filter what it cannot read.',
  args: { project: t.arg.string({ required: true }), filter: t.arg.string(), by: t.arg.string({ required: true }), metric: t.arg.string({ description: 'Its name, without metrics.' }), first: t.arg.int({ defaultValue: 100 }) },
  complexity: ({ first }) => ({ field: 50, multiplier: Math.max(1, first ?? 100) / 10 }),
  resolve: async (_, { project, filter, by, metric, first }, context) => {
    const [order, ...more] = parseRunOrder([by]);
    if (!order || more.length > 0) throw badInput('search/group', 'Runs are grouped by one field, such as params.optimizer.');
    const size = pageSize(first);
    const groups = await context.ports.runSearch.groups({ viewer: viewerOf(context), lifecycle: 'ACTIVE', projectSlug: project, filter: parseRunFilter(filter) }, { by: order.field, metric: metric || null });
    return { totalCount: groups.length, groups: groups.slice(0, size).map((group) => ({ ...group, by: order.field, metric: metric || null })) };
  },
}));
