import { badInput } from '../../../domain/refusal.ts';
import { searchTextFrom } from '../../../domain/search/search-text.ts';
import type { Context } from '../../context.ts';
import { builder, connectionCost } from '../builder.ts';
import { cursorFrom, cursorKeys, PageInfo, type Connection } from '../connection.ts';
import { pageSize } from '../page-size.ts';
import { subjectOf, type SubjectRow } from '../subject.ts';
import { typenameOf } from '../typename.ts';
import { ExperimentRef, HypothesisRef, NoteRef, ProjectRef, RunRef, ThreadRef } from '../types.ts';
import { choose, type Facet, type FacetChoice } from '../../../domain/search/facets.ts';
import type { SearchText } from '../../../domain/search/search-text.ts';
import { findDocuments, highlightsOf, type FoundDocument } from './find-documents.ts';
import { AS_TYPED, meantBy, type Meant } from './meant-words.ts';
import { projectIds } from './searched-projects.ts';
import { choiceFrom, facetedDocuments, facetsOf, SearchFacet, SearchFacetChoice } from './search-facets.ts';

const SearchResult = builder.unionType('SearchResult', { types: [ProjectRef, HypothesisRef, ExperimentRef, RunRef, ThreadRef, NoteRef], resolveType: (row) => typenameOf(row.id) });

interface Found { readonly node: SubjectRow; readonly cursor: string; readonly highlights: readonly string[] }
interface FoundPage extends Omit<Connection<SubjectRow>, 'edges'> {
  /** Read when somebody asks, beside the facets. */
  readonly edges: () => Promise<readonly Found[]>;
  readonly documents: readonly FoundDocument[];
  readonly choice: FacetChoice;
  readonly meant: Meant;
}

const SearchCorrection = builder.objectRef<{ readonly word: string; readonly meant: readonly string[] }>('SearchCorrection').implement({
  fields: (t) => ({ word: t.exposeString('word', { description: 'As it was typed.' }), meant: t.stringList({ description: 'Words that were looked for besides.', resolve: ({ meant }) => [...meant] }) }),
});

const SearchEdge = builder.objectRef<Found>('SearchEdge').implement({
  description: 'highlights: fragments of the text with the matched words between U+E000 and U+E001',
  fields: (t) => ({
    node: t.field({ type: SearchResult, resolve: (found) => found.node as never }),
    cursor: t.exposeString('cursor'),
    highlights: t.stringList({ resolve: (found) => [...found.highlights] }),
  }),
});

const SearchConnection = builder.objectRef<FoundPage>('SearchConnection').implement({
  fields: (t) => ({
    edges: t.field({ type: [SearchEdge], complexity: { field: 0, multiplier: 1 }, resolve: async (page) => [...(await page.edges())] }),
    nodes: t.field({ type: [SearchResult], complexity: { field: 0, multiplier: 1 }, resolve: async (page) => (await page.edges()).map(({ node }) => node) as never }),
    pageInfo: t.field({ type: PageInfo, resolve: (page) => page.pageInfo }),
    totalCount: t.int({ resolve: (page) => (typeof page.totalCount === 'number' ? page.totalCount : page.totalCount()) }),
    isAtLeast: t.boolean({ description: 'More matched than were ranked: totalCount and the counts of facets say how many there are at least.', resolve: ({ documents }) => documents[0]?.isCut ?? false }),
    corrections: t.field({ type: [SearchCorrection], description: 'Words that were taken for mistyped, as little was found with them. What has them as typed still comes first.', resolve: ({ meant }) => Array.from(meant, ([word, words]) => ({ word, meant: words })) }),
    facets: t.field({
      type: [SearchFacet],
      description: 'What was found, of what may be seen, counted by what it is. Only the best 2000 documents, and the experiments they speak for, are counted; of more that match, the newest are ranked.',
      complexity: 20,
      resolve: async ({ documents, choice }, _, context) => [...facetsOf(await facetedDocuments(context, documents), choice, context.ports.clock.now().getTime())],
    }),
  }),
});

/** Behind this nobody looks: a better word is the way to find what is there. */
const DEEPEST = 1000;

interface SearchArgs { readonly text: string; readonly project?: string | null | undefined; readonly first?: number | null | undefined; readonly after?: string | null | undefined; readonly facets?: readonly { readonly facet: Facet; readonly values: readonly string[] }[] | null | undefined }

function offsetFrom(after: string | null | undefined): number {
  const [offset = 0] = cursorKeys(after, 1) ?? [];
  if (typeof offset !== 'number' || !Number.isInteger(offset) || offset < 0 || offset > DEEPEST) throw badInput('page/cursor', 'after is not a cursor of this list. Use pageInfo.endCursor of the page before.');
  return offset;
}

/** With fewer than this, what was typed may have been mistyped. */
const ENOUGH = 10;

/** Best first: what has the words as typed, then what has those they may have meant. */
async function documentsFor({ reader }: Context, wanted: SearchText | null, ids: readonly string[]): Promise<{ readonly documents: readonly FoundDocument[]; readonly meant: Meant }> {
  const typed = wanted ? await findDocuments(reader, wanted, { projectIds: ids, meant: AS_TYPED }) : [];
  if (!wanted || typed.length >= ENOUGH) return { documents: typed, meant: AS_TYPED };
  const meant = await meantBy(reader, wanted, ids);
  if (meant.size === 0) return { documents: typed, meant };
  const known = new Set(typed.map(({ subjectId }) => subjectId));
  const more = (await findDocuments(reader, wanted, { projectIds: ids, meant })).filter(({ subjectId }) => !known.has(subjectId));
  return more.length === 0 ? { documents: typed, meant: AS_TYPED } : { documents: [...typed, ...more], meant };
}

async function readFound(context: Context, documents: readonly Pick<FoundDocument, 'subjectId' | 'sourceId'>[], { wanted, meant, offset }: { readonly wanted: SearchText | null; readonly meant: Meant; readonly offset: number }): Promise<readonly Found[]> {
  const [nodes, highlights] = await Promise.all([
    Promise.all(documents.map(({ subjectId }) => subjectOf(context, subjectId))),
    wanted ? highlightsOf(context.reader, wanted, { documentIds: documents.map(({ sourceId }) => sourceId), meant }) : new Map<string, readonly string[]>(),
  ]);
  return documents.flatMap(({ sourceId }, index) => {
    const node = nodes[index];
    return node ? [{ node, cursor: cursorFrom(offset + index + 1), highlights: highlights.get(sourceId) ?? [] }] : [];
  });
}

async function search(context: Context, args: SearchArgs): Promise<FoundPage> {
  const size = pageSize(args.first, 20);
  const offset = offsetFrom(args.after);
  const ids = await projectIds(context, args.project);
  const wanted = searchTextFrom(args.text);
  const choice = choiceFrom(args.facets);
  const { documents, meant } = await documentsFor(context, wanted, ids);
  const kept = choice.size === 0 ? documents : choose(await facetedDocuments(context, documents), choice, context.ports.clock.now().getTime()).kept;
  const page = kept.slice(offset, offset + size);
  let read: Promise<readonly Found[]> | undefined;
  const edges = (): Promise<readonly Found[]> => (read ??= readFound(context, page, { wanted, meant, offset }));
  const cursor = (index: number): string | null => (index in page ? cursorFrom(offset + index + 1) : null);
  const pageInfo = { hasNextPage: kept.length > offset + size && offset + size <= DEEPEST, hasPreviousPage: offset > 0, startCursor: cursor(0), endCursor: cursor(page.length - 1) };
  return { edges, pageInfo, totalCount: kept.length, documents, choice, meant };
}

builder.queryField('search', (t) =>
  t.field({
    type: SearchConnection,
    description: 'Best first. Quotes, a leading minus and OR mean what they mean in search engines; otherwise every word must occur, or begin a word that does; with few results, words a letter or two away are looked for besides.',
    args: { text: t.arg.string({ required: true }), project: t.arg.string(), first: t.arg.int(), after: t.arg.string(), facets: t.arg({ type: [SearchFacetChoice] }) },
    complexity: connectionCost,
    resolve: (_, args, context) => search(context, args),
  }),
);
