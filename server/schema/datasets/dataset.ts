import { columnsOf, type Column, type Sketch } from '../../../domain/datasets/columns.ts';
import { COLUMN_CHANGES, CONTENTS, datasetDifference, type ColumnDifference, type DatasetDifference } from '../../../domain/datasets/difference.ts';
import { notFound } from '../../../domain/refusal.ts';
import { Prisma } from '../../../generated/prisma/client.ts';
import type { Context } from '../../context.ts';
import { builder, connectionCost } from '../builder.ts';
import { ageCursor, childConnection, type PageArgs } from '../children.ts';
import { connectionOf, cursorFrom, cursorKeys, pageFrom } from '../connection.ts';
import { projectOf, runOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { DatasetVersionRef } from '../runs/run-parts.ts';
import { ProjectRef, RunRef } from '../types.ts';
import { latestOf, nameKey, usesOfName, usesOfVersion, type Uses } from './dataset-facts.ts';

/** Every version of one name in one project. Whoever holds one may see the project. */
interface Named { readonly projectId: string; readonly name: string; readonly project: Prisma.ProjectModel }
type Version = Prisma.DatasetModel;
/** As runs say it: a run speaks of a version in its own role. */
const asRead = (row: Version) => ({ ...row, context: null });

const versionsOf = childConnection<Version>({ table: Prisma.sql`datasets`, parent: Prisma.sql`project_id || ' ' || name`, load: (ids, { reader }) => reader.dataset.findMany({ where: { id: { in: [...ids] } } }) });

const runsOf = childConnection<Prisma.RunModel>({
  table: Prisma.sql`(SELECT i.dataset_id, r.id, r.created_at FROM run_inputs i JOIN datasets d ON d.id = i.dataset_id JOIN runs r ON r.id = i.run_id AND r.deleted_at IS NULL JOIN experiments e ON e.id = r.experiment_id AND e.deleted_at IS NULL AND e.project_id = d.project_id) AS reads`,
  parent: Prisma.sql`dataset_id`,
  load: async (ids, context) => (await Promise.all(ids.map((id) => runOf(context, id)))).filter((run) => run !== undefined),
});

const NO_USES: Uses = { versions: 0, runs: 0, roles: [], firstUsedAt: null, lastUsedAt: null };
const usesNamed = async (context: Context, named: Named): Promise<Uses> => (await usesOfName(context, nameKey(named))) ?? NO_USES;

const SketchRef = builder.objectRef<Sketch>('ColumnSketch').implement({
  description: 'How the numbers of a column lie, as the client saw them when it read the data.',
  fields: (t) => ({
    count: t.exposeFloat('count', { description: 'Numbers, without those that are missing or infinite.' }),
    missing: t.exposeFloat('missing'),
    min: t.exposeFloat('min'), max: t.exposeFloat('max'), mean: t.exposeFloat('mean'),
    quantiles: t.floatList({ description: 'At 5, 25, 50, 75 and 95 %; of a long column those of at most 20,000 numbers that stand at equal distances.', resolve: ({ quantiles }) => [...quantiles] }),
  }),
});

const ColumnRef = builder.objectRef<Column>('DatasetColumn').implement({
  fields: (t) => ({ name: t.exposeString('name'), type: t.exposeString('type'), sketch: t.field({ type: SketchRef, nullable: true, description: 'Null for what is no number, and where the client made none.', resolve: ({ sketch }) => sketch }) }),
});

const ColumnChangeEnum = builder.enumType('ColumnChange', { values: COLUMN_CHANGES });
const ContentEnum = builder.enumType('DatasetContent', { values: CONTENTS, description: 'SAME_ROWS: written otherwise, and the rows are the same. OTHER also where nobody could read the rows.' });

const ColumnDifferenceRef = builder.objectRef<ColumnDifference>('ColumnDifference').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    change: t.field({ type: ColumnChangeEnum, resolve: ({ change }) => change }),
    from: t.field({ type: ColumnRef, nullable: true, resolve: ({ from }) => from }),
    to: t.field({ type: ColumnRef, nullable: true, resolve: ({ to }) => to }),
  }),
});

const MOST_SHOWN = 500;
const DifferenceRef = builder.objectRef<DatasetDifference & { readonly from: Version; readonly to: Version }>('DatasetDifference').implement({
  description: 'What changed from one version of a dataset to another, as far as it was captured.',
  fields: (t) => ({
    from: t.field({ type: DatasetVersionRef, resolve: ({ from }) => asRead(from) }),
    to: t.field({ type: DatasetVersionRef, resolve: ({ to }) => asRead(to) }),
    content: t.field({ type: ContentEnum, resolve: ({ content }) => content }),
    rows: t.exposeFloat('rows', { nullable: true, description: 'How many more the later has; null where one of them is not known.' }),
    bytes: t.exposeFloat('bytes', { nullable: true }),
    columns: t.field({ type: [ColumnDifferenceRef], nullable: true, description: `Those that changed first, at most ${MOST_SHOWN}. Null where a version names no columns.`, resolve: ({ columns }) => columns?.slice(0, MOST_SHOWN) ?? null }),
    columnCount: t.int({ nullable: true, description: 'Of all columns of either.', resolve: ({ columns }) => columns?.length ?? null }),
  }),
});

/** A version of this dataset by its id. */
async function versionIn(context: Context, { projectId, name }: Named, id: string): Promise<Version> {
  const row = await context.reader.dataset.findFirst({ where: { id, projectId, name } });
  if (row === null) throw notFound('dataset/unknown', `${name} has no version ${id}.`);
  return row;
}

const DatasetRef = builder.objectRef<Named>('Dataset').implement({
  description: 'Data that runs of a project read under one name, in all its versions. A version is known by the digest of its content.',
  fields: (t) => ({
    name: t.exposeString('name'),
    project: t.field({ type: ProjectRef, resolve: ({ project }) => project }),
    versionCount: t.int({ resolve: async (named, _, context) => (await usesNamed(context, named)).versions }),
    runCount: t.int({ description: 'Runs of the project that read any of its versions.', resolve: async (named, _, context) => (await usesNamed(context, named)).runs }),
    roles: t.stringList({ description: 'What runs used it for: train, test.', resolve: async (named, _, context) => [...(await usesNamed(context, named)).roles] }),
    firstUsedAt: t.field({ type: 'DateTime', nullable: true, description: 'Null where no run that is there read it.', resolve: async (named, _, context) => (await usesNamed(context, named)).firstUsedAt }),
    lastUsedAt: t.field({ type: 'DateTime', nullable: true, resolve: async (named, _, context) => (await usesNamed(context, named)).lastUsedAt }),
    latest: t.field({
      type: DatasetVersionRef, description: 'The version that came last.',
      resolve: async (named, _, context) => {
        const row = await latestOf(context, nameKey(named));
        if (row === undefined) throw notFound('dataset/unknown', `There is no dataset ${named.name}, or you may not see it.`);
        return asRead(row);
      },
    }),
    versions: t.field({
      type: connectionOf('DatasetVersion', DatasetVersionRef), description: 'Newest first.', args: { first: t.arg.int(), after: t.arg.string() }, complexity: connectionCost,
      resolve: async (named, args, context) => {
        const page = await versionsOf(context, nameKey(named), args);
        return { ...page, edges: page.edges.map(({ node, cursor }) => ({ node: asRead(node), cursor })) };
      },
    }),
    version: t.field({ type: DatasetVersionRef, args: { id: t.arg.id({ required: true }) }, resolve: async (named, { id }, context) => asRead(await versionIn(context, named, id)) }),
    difference: t.field({
      type: DifferenceRef, args: { from: t.arg.id({ required: true }), to: t.arg.id({ required: true }) }, complexity: { field: 20, multiplier: 1 },
      resolve: async (named, args, context) => {
        const [from, to] = await Promise.all([versionIn(context, named, args.from), versionIn(context, named, args.to)]);
        return { from, to, ...datasetDifference(from, to) };
      },
    }),
  }),
});

/** A run that was moved may speak of a version whose project the viewer does not see: of that version it says only what the run itself recorded. */
const usesSeen = async (context: Context, { id, projectId }: Version): Promise<Uses> => ((await projectOf(context, projectId)) === undefined ? NO_USES : (await usesOfVersion(context, id)) ?? NO_USES);

const runsSeen = async (context: Context, { id, projectId }: Version, args: PageArgs) => ((await projectOf(context, projectId)) === undefined ? pageFrom<Prisma.RunModel>({ rows: [], first: args.first, after: args.after, cursor: ageCursor, totalCount: 0 }) : runsOf(context, id, args));

builder.objectFields(DatasetVersionRef, (t) => ({
  createdAt: t.expose('createdAt', { type: 'DateTime' }),
  columnCount: t.int({ nullable: true, description: 'Null where its schema names no columns.', resolve: (version) => columnsOf(version)?.length ?? null }),
  runCount: t.int({ description: 'Runs of its project that read it.', resolve: async (version, _, context) => (await usesSeen(context, version)).runs }),
  roles: t.stringList({ resolve: async (version, _, context) => [...(await usesSeen(context, version)).roles] }),
  firstUsedAt: t.field({ type: 'DateTime', nullable: true, resolve: async (version, _, context) => (await usesSeen(context, version)).firstUsedAt }),
  lastUsedAt: t.field({ type: 'DateTime', nullable: true, resolve: async (version, _, context) => (await usesSeen(context, version)).lastUsedAt }),
  runs: t.field({ type: connectionOf('Run', RunRef), description: 'Runs of its project that read it, newest first.', args: { first: t.arg.int(), after: t.arg.string() }, complexity: connectionCost, resolve: (version, args, context) => runsSeen(context, version, args) }),
}));

/** By name, so that a page is found without counting what is on the others. */
async function datasetsPage({ reader }: Context, project: Prisma.ProjectModel, { first, after }: PageArgs) {
  const behind = cursorKeys(after, 1);
  const rows = await reader.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT name COLLATE "C" AS name FROM datasets WHERE project_id = ${project.id} AND ${behind === null ? Prisma.sql`true` : Prisma.sql`name COLLATE "C" > ${String(behind[0])}`} ORDER BY 1 LIMIT ${pageSize(first) + 1}`;
  return pageFrom<Named>({
    rows: rows.map(({ name }) => ({ name, projectId: project.id, project })), first, after, cursor: ({ name }) => cursorFrom(name),
    totalCount: async () => (await reader.$queryRaw<{ n: number }[]>`SELECT count(DISTINCT name)::int AS n FROM datasets WHERE project_id = ${project.id}`)[0]?.n ?? 0,
  });
}

builder.objectField(ProjectRef, 'datasets', (t) => t.field({
  type: connectionOf('Dataset', DatasetRef), description: 'What runs of the project read, by name.', args: { first: t.arg.int(), after: t.arg.string() }, complexity: connectionCost,
  resolve: (project, args, context) => datasetsPage(context, project, args),
}));

builder.queryField('dataset', (t) => t.field({
  type: DatasetRef, nullable: true, description: 'The dataset that a version belongs to, by the version’s id. Null where there is none, or you may not see it.', args: { version: t.arg.id({ required: true }) },
  resolve: async (_, { version }, context) => {
    const row = await context.reader.dataset.findUnique({ where: { id: version }, select: { projectId: true, name: true } });
    const project = row === null ? undefined : await projectOf(context, row.projectId);
    return row === null || project === undefined ? null : { ...row, project };
  },
}));
