import { MOST_NODES, type LineageEdge, type LineageNode } from '../../../domain/lineage/graph.ts';
import { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { visibleLoggedModels, visibleProjects, visibleRegisteredModels, visibleVersions } from '../../visibility.ts';
import type { Asked } from './lineage-rows.ts';

const NOTHING = { count: 1, detail: null, key: null, run: null, finding: null, hiddenParents: 0 } as const;
const MOST = MOST_NODES + 1;

/** Versions of data sets, by what runs say they read. */
export async function datasetNodes(context: Context, { visible }: Asked, ids: readonly string[]): Promise<LineageNode[]> {
  const rows = await context.reader.dataset.findMany({ where: { id: { in: [...ids] }, projectId: { in: [...visible] }, project: visibleProjects(viewerOf(context)) }, select: { id: true, name: true, digest: true, createdAt: true }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: MOST });
  return rows.map(({ id, name, digest, createdAt }) => ({ ...NOTHING, id, kind: 'DATASET', label: name.slice(0, 160), at: createdAt.getTime(), detail: digest.slice(0, 12) }));
}

/** Models that runs logged or read, and the versions under which they were registered. */
export async function modelNodes(context: Context, { visible, until }: Asked, ids: readonly string[]): Promise<{ readonly nodes: LineageNode[]; readonly edges: LineageEdge[] }> {
  const viewer = viewerOf(context);
  const [logged, versions] = await Promise.all([
    context.reader.loggedModel.findMany({ where: { AND: [{ id: { in: [...ids] }, deletedAt: null, createdAt: { lte: until }, experiment: { projectId: { in: [...visible] } } }, visibleLoggedModels(viewer)] }, select: { id: true, name: true, modelType: true, createdAt: true }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: MOST }),
    context.reader.modelVersion.findMany({ where: { AND: [{ modelId: { in: [...ids] }, createdAt: { lte: until } }, { registeredModel: { AND: [visibleRegisteredModels(viewer), { OR: [{ projectId: null }, { projectId: { in: [...visible] } }] }] } }, visibleVersions(viewer)] }, select: { registeredModelId: true, version: true, modelId: true, createdAt: true, registeredModel: { select: { name: true } } }, orderBy: [{ createdAt: 'desc' }, { registeredModelId: 'asc' }, { version: 'asc' }], take: MOST }),
  ]);
  const idOf = (version: { readonly registeredModelId: string; readonly version: number }): string => `${version.registeredModelId}/${version.version}`;
  return {
    nodes: [
      ...logged.map(({ id, name, modelType, createdAt }) => ({ ...NOTHING, id, kind: 'MODEL' as const, label: name.slice(0, 160), at: createdAt.getTime(), detail: modelType })),
      ...versions.map((version) => ({ ...NOTHING, id: idOf(version), kind: 'MODEL' as const, label: `${version.registeredModel.name.slice(0, 140)} version ${version.version}`, at: version.createdAt.getTime(), detail: 'registered' })),
    ],
    edges: versions.flatMap((version) => (version.modelId === null ? [] : [{ from: version.modelId, to: idOf(version), kind: 'REGISTERED_AS' as const }])),
  };
}

/** Files that runs kept. */
export async function artifactNodes({ reader }: Context, { experiments, until, collapse }: Asked): Promise<{ readonly nodes: LineageNode[]; readonly edges: LineageEdge[] }> {
  const rows = await reader.$queryRaw<{ node: string; run: string | null; path: string; n: number; bytes: bigint; at: Date }[]>`
    SELECT ${collapse ? Prisma.sql`coalesce(r.variant_id, r.id)` : Prisma.sql`r.id`} AS node, CASE WHEN count(*) = 1 THEN min(r.id) END AS run, a.path, count(*)::int AS n, sum(a.size)::bigint AS bytes, min(a.created_at) AS at
    FROM runs r JOIN artifacts a ON a.owner_id = r.id
    WHERE r.experiment_id = ANY(${[...experiments]}) AND r.deleted_at IS NULL AND r.created_at <= ${until} AND a.created_at <= ${until} GROUP BY 1, a.path ORDER BY at DESC, 1, a.path LIMIT ${MOST}`;
  const idOf = ({ node, path }: { readonly node: string; readonly path: string }): string => `file:${node}/${path}`;
  return {
    nodes: rows.map((row) => ({ ...NOTHING, id: idOf(row), kind: 'ARTIFACT', label: row.path.slice(-160), at: row.at.getTime(), count: row.n, detail: `${row.bytes} bytes`, run: row.run })),
    edges: rows.map((row) => ({ from: row.node, to: idOf(row), kind: 'MADE' as const })),
  };
}
