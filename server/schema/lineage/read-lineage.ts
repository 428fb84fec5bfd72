import { bestOverTime, type Result } from '../../../domain/dashboards/best-over-time.ts';
import { bestPath, type BestPath } from '../../../domain/lineage/best-path.ts';
import { foldSiblings } from '../../../domain/lineage/fold-siblings.ts';
import { around, bounded, MOST_NODES, ofKinds, only, type LineageGraph, type LineageKind } from '../../../domain/lineage/graph.ts';
import { viewerOf, type Context } from '../../context.ts';
import { visibleProjects } from '../../visibility.ts';
import { codeNodes, experimentNodes, hypothesisNodes, runEdges, runNodes, type Asked } from './lineage-rows.ts';
import { artifactNodes, datasetNodes, modelNodes } from './made-and-read.ts';
import { experimentsAround, experimentsOfProject, withRelatives } from './seeds.ts';

export interface LineageAsk {
  /** What it is about: a project as a whole, or one thing. */
  readonly about: { readonly projectId: string } | { readonly of: string };
  readonly kinds: ReadonlySet<LineageKind>;
  readonly until: Date;
  /** Steps from the thing that it is about; null for all. */
  readonly depth: number | null;
  readonly collapse: boolean;
  /** For readers outside: nothing but these projects, and of their experiments only some. */
  readonly within?: { readonly projects: readonly string[]; readonly keep: (experiments: readonly string[]) => Promise<readonly string[]> };
  /** The metric of the best path; null for the one that most experiments speak of. */
  readonly metric: string | null;
}

export interface ReadLineage {
  readonly graph: LineageGraph;
  /** Id of the node that it is about; null of a project. */
  readonly focus: string | null;
  readonly bestPath: BestPath | null;
}

/** A lineage in a few statements, whatever its size. Null when there is no such thing, or the viewer may not see it. */
export async function readLineage(context: Context, ask: LineageAsk): Promise<ReadLineage | null> {
  const { about, collapse, depth } = ask;
  const whole = await readWhole(context, ask);
  if ('projectId' in about) return { graph: shown(whole, ask.kinds, collapse), focus: null, bestPath: await readBestPath(context, whole, ask) };
  const focus = await focusIn(context, whole, about.of);
  if (focus === null) return null;
  const near = around(whole, focus, depth ?? Number.POSITIVE_INFINITY);
  const own = near.nodes.flatMap(({ id, kind }) => (id === focus ? [kind] : []));
  return { graph: shown(near, new Set([...ask.kinds, ...own]), collapse), focus, bestPath: await readBestPath(context, near, ask) };
}

function shown(graph: LineageGraph, kinds: ReadonlySet<LineageKind>, collapse: boolean): LineageGraph {
  const wanted = ofKinds(graph, kinds);
  return bounded(collapse ? foldSiblings(wanted) : wanted);
}

const visibleTo = async (context: Context): Promise<readonly string[]> => (await context.reader.project.findMany({ where: visibleProjects(viewerOf(context)), select: { id: true } })).map(({ id }) => id);

async function readWhole(context: Context, { about, until, depth, collapse, kinds, within }: LineageAsk): Promise<LineageGraph> {
  const visible = within?.projects ?? (await visibleTo(context));
  const [projectId, of] = 'projectId' in about ? [about.projectId, null] : [null, about.of];
  const seeds = projectId === null ? await experimentsAround(context, of ?? '', { visible, until }) : await experimentsOfProject(context, projectId, until);
  const related = await withRelatives(context, seeds, { visible, until, depth: of === null ? null : depth, down: of !== null });
  const experiments = within ? await within.keep(related) : related;
  const whole = await readGraph(context, { experiments: experiments.slice(0, MOST_NODES), visible, until, collapse }, { projectId: within ? null : projectId, hypothesis: within ? null : of, artifacts: kinds.has('ARTIFACT') });
  return related.length > MOST_NODES ? { ...whole, cut: true } : whole;
}

async function readGraph(context: Context, asked: Asked, { projectId, hypothesis, artifacts }: { readonly projectId: string | null; readonly hypothesis: string | null; readonly artifacts: boolean }): Promise<LineageGraph> {
  const [tried, runs, edges, code, files] = await Promise.all([
    experimentNodes(context, asked), runNodes(context, asked), runEdges(context, asked), codeNodes(context, asked), artifacts ? artifactNodes(context, asked) : { nodes: [], edges: [] },
  ]);
  const claims = tried.edges.flatMap(({ from, kind }) => (kind === 'TESTED_BY' ? [from] : []));
  const ends = (kind: string, side: 'from' | 'to'): string[] => [...new Set(edges.flatMap((edge) => (edge.kind === kind ? [edge[side]] : [])))];
  const [hypotheses, datasets, models] = await Promise.all([
    hypothesisNodes(context, asked, { ids: [...new Set(hypothesis === null ? claims : [...claims, hypothesis])], projectId }),
    datasetNodes(context, asked, ends('READ_BY', 'from')),
    modelNodes(context, asked, [...new Set([...ends('READ_BY', 'from'), ...ends('MADE', 'to')])]),
  ]);
  const parts = [tried.nodes, runs.nodes, code, files.nodes, hypotheses, datasets, models.nodes];
  const known = { nodes: parts.flat(), edges: [...tried.edges, ...runs.edges, ...edges, ...files.edges, ...models.edges], cut: parts.some(({ length }) => length > MOST_NODES) };
  // An edge may lead to what was deleted, or is not for this viewer.
  return only(known, () => true);
}

/** The node that stands for a thing: itself, the experiment of that key, the variant of a run. */
async function focusIn({ reader }: Context, { nodes }: LineageGraph, of: string): Promise<string | null> {
  const known = nodes.find(({ id, kind, key }) => id === of || (kind === 'EXPERIMENT' && key === of.toUpperCase()));
  if (known) return known.id;
  const run = /^[0-9a-f]{32}$/.test(of) ? await reader.run.findUnique({ where: { id: of }, select: { id: true, variantId: true } }) : null;
  return nodes.find(({ id }) => id === run?.variantId)?.id ?? null;
}

/** More supported experiments than this on one metric are judged from the newest on. */
const MOST_SUPPORTED = 200;

/** The way to the best result: of the supported treatments, the one that stands after all comparisons beyond the noise. Null where nothing was supported. */
async function readBestPath({ reader }: Context, graph: LineageGraph, { metric, until }: Pick<LineageAsk, 'metric' | 'until'>): Promise<BestPath | null> {
  const supported = graph.nodes.filter(({ finding }) => finding?.outcome === 'SUPPORTED' && (metric === null || finding.metric === metric));
  if (supported.length === 0) return null;
  const rows = await reader.$queryRaw<(Result & { readonly metric: string; readonly direction: 'INCREASE' | 'DECREASE' })[]>`
    SELECT e.id AS "experimentId", v.metric, h.direction, v.computed_at AS at, array_agg(s.last_value ORDER BY r.id) AS values
    FROM (SELECT e.id, e.hypothesis_id FROM experiments e WHERE e.id = ANY(${supported.map(({ id }) => id)}) ORDER BY e.created_at DESC, e.id LIMIT ${MOST_SUPPORTED}) AS e
    JOIN hypotheses h ON h.id = e.hypothesis_id AND h.direction IS NOT NULL
    JOIN LATERAL (SELECT * FROM verdicts v WHERE v.experiment_id = e.id AND v.computed_at <= ${until} ORDER BY v.computed_at DESC, v.id DESC LIMIT 1) v ON v.metric = h.metric
    JOIN runs r ON r.variant_id = v.treatment_id AND r.status = 'FINISHED' AND r.deleted_at IS NULL AND r.excluded_at IS NULL AND r.created_at <= ${until}
    JOIN metric_series s ON s.run_id = r.id AND s.key = v.metric AND abs(s.last_value) <= 1e150
    GROUP BY 1, 2, 3, 4`;
  const claims = Map.groupBy(rows, (row) => `${row.direction} ${row.metric}`);
  const [claim] = [...claims.values()].toSorted((a, b) => b.length - a.length || ((a[0]?.metric ?? '') < (b[0]?.metric ?? '') ? -1 : 1));
  const [first] = claim ?? [];
  if (!claim || !first) return null;
  const best = bestOverTime(first.direction, null, claim).findLast(({ standing }) => standing !== 'WITHIN_NOISE');
  return best ? bestPath(graph, best.experimentId, first) : null;
}
