import { AGE_VALUES, choose, FACETS, type Facet, type FacetChoice, type Faceted, type FacetValue } from '../../../domain/search/facets.ts';
import { badInput } from '../../../domain/refusal.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { personOf } from '../loaders.ts';
import type { FoundDocument } from './find-documents.ts';

export const SearchFacetName = builder.enumType('SearchFacetName', {
  description: `What found things are told apart by. KIND: hypothesis, experiment, run and so on. STATUS: of a run or a hypothesis. OWNER: a person's id. WHEN: the last change, ${AGE_VALUES.join(', ')}.`,
  values: Object.fromEntries(FACETS.map((facet) => [facet.toUpperCase(), { value: facet }])) as Record<Uppercase<Facet>, { value: Facet }>,
});

export const SearchFacetChoice = builder.inputType('SearchFacetChoice', {
  fields: (t) => ({ facet: t.field({ type: SearchFacetName, required: true }), values: t.stringList({ required: true }) }),
});

const MOST_CHOSEN = 100;

export function choiceFrom(given: readonly { readonly facet: Facet; readonly values: readonly string[] }[] | null | undefined): FacetChoice {
  if ((given ?? []).reduce((sum, { values }) => sum + values.length, 0) > MOST_CHOSEN) throw badInput('search/facets', `At most ${MOST_CHOSEN} values of facets can be chosen.`);
  return new Map((given ?? []).map(({ facet, values }) => [facet, new Set(values)]));
}

export type FacetedDocument = Omit<FoundDocument, 'changedAt'> & Faceted;

/** What was found with what it can be chosen by: one statement for all of it, which looks each thing up where its kind lies; joined, whole tables are read for it. A run and its experiment have the experiment's verdict. */
export async function facetedDocuments({ reader }: Context, documents: readonly FoundDocument[]): Promise<readonly FacetedDocument[]> {
  const column = (of: (document: FoundDocument) => string): string[] => documents.map(of);
  const rows = await reader.$queryRaw<{ id: string; verdict: string | null; status: string | null; owner: string | null; project: string }[]>`
    SELECT f.id, v.outcome::text AS verdict, coalesce(r.status::text, h.status::text) AS status, coalesce(e.owner_id, h.author_id, t.created_by_id, n.created_by_id) AS owner, p.slug AS project
    FROM unnest(${column(({ subjectId }) => subjectId)}::text[], ${column(({ kind }) => kind)}::text[], ${column(({ projectId }) => projectId)}::text[]) AS f(id, kind, project_id)
      JOIN projects p ON p.id = f.project_id
      LEFT JOIN LATERAL (SELECT experiment_id, status FROM runs WHERE f.kind = 'run' AND id = f.id LIMIT 1) r ON true
      LEFT JOIN LATERAL (SELECT status, author_id FROM hypotheses WHERE f.kind = 'hypothesis' AND id = f.id LIMIT 1) h ON true
      LEFT JOIN LATERAL (SELECT created_by_id FROM threads WHERE f.kind = 'thread' AND id = f.id LIMIT 1) t ON true
      LEFT JOIN LATERAL (SELECT created_by_id FROM notes WHERE f.kind = 'note' AND id = f.id LIMIT 1) n ON true
      LEFT JOIN LATERAL (SELECT owner_id, verdict_id FROM experiments WHERE f.kind IN ('run', 'experiment') AND id = coalesce(r.experiment_id, f.id) LIMIT 1) e ON true
      LEFT JOIN LATERAL (SELECT outcome FROM verdicts WHERE id = e.verdict_id LIMIT 1) v ON true`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return documents.flatMap((document) => {
    const row = byId.get(document.subjectId);
    return row ? [{ ...document, ...row, changedAt: document.changedAt.getTime() }] : [];
  });
}

interface ShownValue extends FacetValue { readonly facet: Facet; readonly chosen: boolean }

const SearchFacetValue = builder.objectRef<ShownValue>('SearchFacetValue').implement({
  fields: (t) => ({
    value: t.exposeString('value'),
    label: t.string({ description: "For people: a person's name instead of an id.", resolve: async ({ facet, value }, _, context) => (facet === 'owner' ? (await personOf(context, value))?.name ?? value : value) }),
    count: t.exposeInt('count', { description: 'How many there are with it, among what the choices of the other facets leave.' }),
    chosen: t.exposeBoolean('chosen'),
  }),
});

export const SearchFacet = builder.objectRef<{ readonly facet: Facet; readonly values: readonly ShownValue[] }>('SearchFacet').implement({
  fields: (t) => ({ facet: t.expose('facet', { type: SearchFacetName }), values: t.field({ type: [SearchFacetValue], resolve: ({ values }) => [...values] }) }),
});

export function facetsOf(documents: readonly FacetedDocument[], choice: FacetChoice, now: number): readonly { readonly facet: Facet; readonly values: readonly ShownValue[] }[] {
  return choose(documents, choice, now).counts.map(({ facet, values }) => ({ facet, values: values.map((each) => ({ ...each, facet, chosen: choice.get(facet)?.has(each.value) ?? false })) }));
}
