import { badInput, notFound } from '../../../domain/refusal.ts';
import { searchTextFrom } from '../../../domain/search/search-text.ts';
import { viewerOf, type Context } from '../../context.ts';
import { visibleProjects } from '../../visibility.ts';
import { builder, connectionCost } from '../builder.ts';
import { cursorFrom, cursorKeys, PageInfo, type Connection } from '../connection.ts';
import { pageSize } from '../page-size.ts';
import { subjectOf, type SubjectRow } from '../subject.ts';
import { typenameOf } from '../typename.ts';
import { ExperimentRef, HypothesisRef, NoteRef, ProjectRef, RunRef, ThreadRef } from '../types.ts';
import { findDocuments, highlightsOf } from './find-documents.ts';

const SearchResult = builder.unionType('SearchResult', { types: [ProjectRef, HypothesisRef, ExperimentRef, RunRef, ThreadRef, NoteRef], resolveType: (row) => typenameOf(row.id) });

interface Found { readonly node: SubjectRow; readonly cursor: string; readonly highlights: readonly string[] }
interface FoundPage extends Connection<SubjectRow> { readonly edges: readonly Found[] }

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
    edges: t.field({ type: [SearchEdge], complexity: { field: 0, multiplier: 1 }, resolve: (page) => [...page.edges] }),
    nodes: t.field({ type: [SearchResult], complexity: { field: 0, multiplier: 1 }, resolve: (page) => page.edges.map((edge) => edge.node) as never }),
    pageInfo: t.field({ type: PageInfo, resolve: (page) => page.pageInfo }),
    totalCount: t.int({ resolve: (page) => (typeof page.totalCount === 'number' ? page.totalCount : page.totalCount()) }),
  }),
});

/** Behind this nobody looks: a better word is the way to find what is there. */
const DEEPEST = 1000;

interface SearchArgs { readonly text: string; readonly project?: string | null | undefined; readonly first?: number | null | undefined; readonly after?: string | null | undefined }

async function projectIds(context: Context, slug: string | null | undefined): Promise<string[]> {
  const visible = visibleProjects(viewerOf(context));
  const found = await context.reader.project.findMany({ where: slug ? { AND: [visible, { slug }] } : visible, select: { id: true } });
  if (slug && found.length === 0) throw notFound('project/unknown', 'There is no such project, or you may not see it.');
  return found.map((project) => project.id);
}

function offsetFrom(after: string | null | undefined): number {
  const [offset = 0] = cursorKeys(after, 1) ?? [];
  if (typeof offset !== 'number' || !Number.isInteger(offset) || offset < 0 || offset > DEEPEST) throw badInput('page/cursor', 'after is not a cursor of this list. Use pageInfo.endCursor of the page before.');
  return offset;
}

async function search(context: Context, args: SearchArgs): Promise<FoundPage> {
  const size = pageSize(args.first, 20);
  const offset = offsetFrom(args.after);
  const ids = await projectIds(context, args.project);
  const wanted = searchTextFrom(args.text);
  const documents = wanted ? await findDocuments(context.reader, wanted, { projectIds: ids, offset, take: size + 1 }) : [];
  const page = documents.slice(0, size);
  const [nodes, highlights] = await Promise.all([
    Promise.all(page.map((document) => subjectOf(context, document.subjectId))),
    wanted ? highlightsOf(context.reader, wanted, page.map((document) => document.sourceId)) : new Map<string, readonly string[]>(),
  ]);
  const edges = page.flatMap((document, index) => {
    const node = nodes[index];
    return node ? [{ node, cursor: cursorFrom(offset + index + 1), highlights: highlights.get(document.sourceId) ?? [] }] : [];
  });
  const pageInfo = { hasNextPage: documents.length > size && offset + size <= DEEPEST, hasPreviousPage: offset > 0, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null };
  return { edges, pageInfo, totalCount: documents[0]?.total ?? 0 };
}

builder.queryField('search', (t) =>
  t.field({
    type: SearchConnection,
    description: 'Best first. Quotes, a leading minus and OR mean what they mean in search engines; otherwise every word must occur, or begin a word that does.',
    args: { text: t.arg.string({ required: true }), project: t.arg.string(), first: t.arg.int(), after: t.arg.string() },
    complexity: connectionCost,
    resolve: (_, args, context) => search(context, args),
  }),
);
