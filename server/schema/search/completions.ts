import { completionsOfLanguage, MOST_COMPLETIONS, nameCompletion, namesWanted, valueCompletion, valuesWanted, type Completion } from '../../../domain/search/complete-filter.ts';
import { filterPlaceAt, type FilterPlace } from '../../../domain/search/filter-place.ts';
import { containing, startingWith } from '../../../domain/search/search-text.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { projectIds } from './searched-projects.ts';

interface Completions { readonly from: number; readonly to: number; readonly items: readonly Completion[] }

const FilterCompletion = builder.objectRef<Completion>('FilterCompletion').implement({
  fields: (t) => ({
    insert: t.exposeString('insert', { description: 'What takes the place of the text, a blank behind it where one follows.' }),
    detail: t.exposeString('detail', { description: 'What it is, in a few words.' }),
  }),
});

const FilterCompletions = builder.objectRef<Completions>('FilterCompletions').implement({
  description: 'Ways to go on with a filter. They take the place of the text between from and to.',
  fields: (t) => ({ from: t.exposeInt('from'), to: t.exposeInt('to'), items: t.field({ type: [FilterCompletion], resolve: ({ items }) => [...items] }) }),
});

/** Fewer letters are in nearly every name. */
const SHORTEST_INSIDE = 3;
/** Rows that are looked at, of those that an index has first: a name has one for each project. */
const MOST_LOOKED_AT = 200;

/** Names of metrics, params and tags of some projects: those that begin with what was typed, then those with it inside. Both from an index. */
async function names(context: Context, place: FilterPlace, ids: readonly string[]): Promise<readonly Completion[]> {
  const kinds = namesWanted(place).map((kind) => kind.toUpperCase());
  if (kinds.length === 0 || ids.length === 0) return [];
  const text = place.typed.slice(0, 300);
  const isInside = text.length >= SHORTEST_INSIDE;
  const rows = await context.reader.$queryRaw<{ kind: string; key: string }[]>`
    SELECT kind, key FROM (
      (SELECT kind::text AS kind, key, 0 AS rank FROM run_keys WHERE lower(key) LIKE ${startingWith(text.toLowerCase())} AND kind::text = ANY(${kinds}) AND project_id = ANY(${[...ids]}) ORDER BY lower(key) USING ~<~ LIMIT ${MOST_LOOKED_AT})
      UNION ALL
      (SELECT kind::text, key, 1 FROM run_keys WHERE ${isInside}::boolean AND key ILIKE ${containing(text)} AND kind::text = ANY(${kinds}) AND project_id = ANY(${[...ids]}) LIMIT ${MOST_LOOKED_AT})
    ) found GROUP BY kind, key ORDER BY min(rank), lower(key) COLLATE "C", key COLLATE "C", kind LIMIT ${MOST_COMPLETIONS}`;
  return rows.map(({ kind, key }) => nameCompletion(place, kind.toLowerCase() as 'metric' | 'param' | 'tag', key));
}

async function values(context: Context, place: FilterPlace, project: string | null | undefined): Promise<readonly Completion[]> {
  const field = valuesWanted(place);
  if (!field) return [];
  const query = { viewer: viewerOf(context), lifecycle: 'ACTIVE' as const, ...(project ? { projectSlug: project } : {}) };
  const found = await context.ports.runSearch.values(query, { field, text: place.typed, first: MOST_COMPLETIONS });
  return found.flatMap((value) => valueCompletion(place, value) ?? []);
}

builder.queryField('completions', (t) => t.field({
  type: FilterCompletions,
  nullable: true,
  description: `Ways to go on with a filter where the cursor is: fields and names, comparisons, values that the newest runs have, at most ${MOST_COMPLETIONS}. Null where nothing can be said. Only what the viewer may see is offered.`,
  args: { text: t.arg.string({ required: true }), cursor: t.arg.int({ required: true, description: 'UTF-16 units before it, as browsers count.' }), project: t.arg.string({ description: 'Names and values of this project only.' }) },
  complexity: 20,
  resolve: async (_, { text, cursor, project }, context) => {
    const ids = await projectIds(context, project);
    const place = filterPlaceAt(text, cursor);
    if (!place) return null;
    const found = await Promise.all([names(context, place, ids), values(context, place, project)]);
    return { from: place.from, to: place.to, items: [...completionsOfLanguage(place), ...found.flat()].slice(0, MOST_COMPLETIONS) };
  },
}));
