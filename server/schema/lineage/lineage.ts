import { type BestPath, gainWords, type PathStep } from '../../../domain/lineage/best-path.ts';
import { LINEAGE_EDGE_KINDS, LINEAGE_KINDS, MOST_NODES, type Finding, type LineageEdge, type LineageGraph, type LineageKind, type LineageNode } from '../../../domain/lineage/graph.ts';
import { MOST_SIBLINGS } from '../../../domain/lineage/fold-siblings.ts';
import { badInput, notFound } from '../../../domain/refusal.ts';
import { viewerOf, type Context } from '../../context.ts';
import { visibleProjects } from '../../visibility.ts';
import { builder } from '../builder.ts';
import { DirectionEnum } from '../hypotheses/hypothesis.ts';
import { experimentOf } from '../loaders.ts';
import { ExperimentRef } from '../types.ts';
import { readLineage, type LineageAsk, type ReadLineage } from './read-lineage.ts';

const DEEPEST = 1_000;

const KindEnum = builder.enumType('LineageKind', { values: LINEAGE_KINDS, description: 'What a node of a lineage is. DATASET is one version of a data set, CODE one commit with or without changes, MODEL a logged model or a registered version.' });
const EdgeKindEnum = builder.enumType('LineageEdgeKind', { values: LINEAGE_EDGE_KINDS, description: 'Read from what was there first: a hypothesis is TESTED_BY an experiment, which LED_TO another and RAN a run; a data set or model is READ_BY a run, code is CODE_OF it; a run STARTED another and MADE a model or file; a model is REGISTERED_AS a version. THROUGH stands for a way over nodes whose kind was not asked for.' });

const FindingRef = builder.objectRef<Finding>('LineageFinding').implement({
  description: 'A verdict as far as a lineage speaks of it: that of the moment the lineage is of.',
  fields: (t) => ({
    outcome: t.exposeString('outcome', { description: 'SUPPORTED, REFUTED, EQUIVALENT or INCONCLUSIVE.' }),
    metric: t.exposeString('metric'),
    effect: t.exposeFloat('effect', { nullable: true, description: 'In the metric’s unit, turned: above zero is better.' }),
    ciLow: t.exposeFloat('ciLow', { nullable: true, description: '95 % interval; null for n = 1 on a side.' }),
    ciHigh: t.exposeFloat('ciHigh', { nullable: true }),
    baselineRuns: t.exposeInt('baselineRuns'),
    treatmentRuns: t.exposeInt('treatmentRuns'),
    words: t.string({ description: 'The same in one sentence, with the interval or why there is none.', resolve: (finding) => gainWords(finding) }),
  }),
});

const NodeRef = builder.objectRef<LineageNode>('LineageNode').implement({
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Of a hypothesis, experiment, run, data set or model its own id; of the runs of one variant the variant’s. Others are known only in lineages.' }),
    kind: t.field({ type: KindEnum, resolve: ({ kind }) => kind }),
    label: t.exposeString('label'),
    at: t.field({ type: 'DateTime', description: 'When it came to be.', resolve: ({ at }) => new Date(at) }),
    count: t.exposeInt('count', { description: 'How many things it stands for; of runs, those that are not excluded from the statistics.' }),
    detail: t.exposeString('detail', { nullable: true, description: 'A few words more: a hypothesis’ status, a variant’s role, a digest.' }),
    key: t.exposeString('key', { nullable: true, description: 'Key of the experiment that it is or belongs to.' }),
    run: t.exposeID('run', { nullable: true, description: 'Of a node for one run, that run; of code, the newest run of it.' }),
    hiddenParents: t.exposeInt('hiddenParents', { description: 'Parents of an experiment in projects that you may not see: only that there are some.' }),
    finding: t.field({ type: FindingRef, nullable: true, resolve: ({ finding }) => finding }),
  }),
});

const EdgeRef = builder.objectRef<LineageEdge>('LineageEdge').implement({
  fields: (t) => ({ from: t.exposeID('from'), to: t.exposeID('to'), kind: t.field({ type: EdgeKindEnum, resolve: ({ kind }) => kind }) }),
});

interface Columns extends LineageGraph { readonly placeOf: (id: string) => number }

const ColumnsRef = builder.objectRef<Columns>('LineageColumns').implement({
  description: 'The same graph as parallel lists, place by place: a fifth of the size, for who reads all of it at once.',
  fields: (t) => ({
    ids: t.idList({ resolve: ({ nodes }) => nodes.map(({ id }) => id) }),
    kinds: t.field({ type: [KindEnum], resolve: ({ nodes }) => nodes.map(({ kind }) => kind) }),
    labels: t.stringList({ resolve: ({ nodes }) => nodes.map(({ label }) => label) }),
    at: t.floatList({ description: 'In milliseconds since 1970.', resolve: ({ nodes }) => nodes.map(({ at }) => at) }),
    counts: t.intList({ resolve: ({ nodes }) => nodes.map(({ count }) => count) }),
    details: t.field({ type: ['String'], nullable: { list: false, items: true }, resolve: ({ nodes }) => nodes.map(({ detail }) => detail) }),
    keys: t.field({ type: ['String'], nullable: { list: false, items: true }, resolve: ({ nodes }) => nodes.map(({ key }) => key) }),
    runs: t.field({ type: ['ID'], nullable: { list: false, items: true }, resolve: ({ nodes }) => nodes.map(({ run }) => run) }),
    hiddenParents: t.intList({ resolve: ({ nodes }) => nodes.map(({ hiddenParents }) => hiddenParents) }),
    findings: t.field({ type: [FindingRef], nullable: { list: false, items: true }, resolve: ({ nodes }) => nodes.map(({ finding }) => finding) }),
    from: t.intList({ description: 'Of each edge, the place of the node that was first.', resolve: ({ edges, placeOf }) => edges.map(({ from }) => placeOf(from)) }),
    to: t.intList({ resolve: ({ edges, placeOf }) => edges.map(({ to }) => placeOf(to)) }),
  }),
});

/** Looked up by both ends of each edge. */
function columnsOf(graph: LineageGraph): Columns {
  const places = new Map(graph.nodes.map(({ id }, place) => [id, place]));
  return { ...graph, placeOf: (id) => places.get(id) ?? 0 };
}

const StepRef = builder.objectRef<PathStep>('LineagePathStep').implement({
  fields: (t) => ({
    id: t.id({ description: 'Of the experiment’s node.', resolve: ({ node }) => node.id }),
    experiment: t.field({ type: ExperimentRef, nullable: true, resolve: async ({ node }, _, context) => (await experimentOf(context, node.id)) ?? null }),
    key: t.string({ nullable: true, resolve: ({ node }) => node.key }),
    label: t.string({ resolve: ({ node }) => node.label }),
    words: t.exposeString('words', { description: 'What it gained against its own baseline, with the interval, or why that is not known.' }),
    finding: t.field({ type: FindingRef, nullable: true, resolve: ({ finding }) => finding }),
  }),
});

const PathRef = builder.objectRef<BestPath>('LineagePath').implement({
  description: 'The experiments that led to the best result, from the first on. Each gain is its own verdict’s; they are not added up, for each is against a baseline of its own.',
  fields: (t) => ({
    metric: t.exposeString('metric'),
    direction: t.field({ type: DirectionEnum, resolve: ({ direction }) => direction }),
    steps: t.field({ type: [StepRef], resolve: ({ steps }) => [...steps] }),
    forks: t.exposeInt('forks', { description: 'How many of them have more than one parent: there are other ways.' }),
    models: t.idList({ description: 'Models that the best treatment’s runs made.', resolve: ({ models }) => [...models] }),
  }),
});

const LineageRef = builder.objectRef<ReadLineage>('Lineage').implement({
  description: 'What came of what: hypotheses, experiments, runs, data, code, files and models, as a directed graph.',
  fields: (t) => ({
    nodes: t.field({ type: [NodeRef], description: `At most ${MOST_NODES}.`, resolve: ({ graph }) => [...graph.nodes] }),
    edges: t.field({ type: [EdgeRef], description: 'Between those nodes. Which experiment is another’s parent is known as of now, also in the lineage of an earlier moment.', resolve: ({ graph }) => [...graph.edges] }),
    columns: t.field({ type: ColumnsRef, resolve: ({ graph }) => columnsOf(graph) }),
    cut: t.boolean({ description: 'Whether there is more than is answered; what is left out is the oldest runs and files first, the experiments last.', resolve: ({ graph }) => graph.cut }),
    focus: t.exposeID('focus', { nullable: true, description: 'The node that it is of; null for a whole project.' }),
    bestPath: t.field({ type: PathRef, nullable: true, description: 'Null while no verdict supports a hypothesis. The best is the newest supported treatment that beats those before it beyond the noise.', resolve: (lineage) => lineage.bestPath }),
  }),
});

interface LineageArgs {
  readonly of?: string | null | undefined;
  readonly project?: string | null | undefined;
  readonly kinds?: readonly LineageKind[] | null | undefined;
  readonly until?: Date | null | undefined;
  readonly depth?: number | null | undefined;
  readonly collapse?: boolean | null | undefined;
  readonly metric?: string | null | undefined;
}

async function aboutOf(context: Context, { of, project }: LineageArgs): Promise<LineageAsk['about']> {
  if ((of == null) === (project == null)) throw badInput('lineage/of', 'Name either a project, by its slug, or one thing, by its id or an experiment’s key.');
  if (of != null) return { of };
  const found = await context.reader.project.findFirst({ where: { AND: [visibleProjects(viewerOf(context)), { slug: project ?? '' }] }, select: { id: true } });
  if (!found) throw notFound('project/unknown', 'There is no such project, or you may not see it.');
  return { projectId: found.id };
}

function depthOf(depth: number | null | undefined): number | null {
  if (depth == null) return null;
  if (depth < 1 || depth > DEEPEST) throw badInput('lineage/depth', `depth is a number of steps from 1 to ${DEEPEST}. Leave it out for all.`);
  return depth;
}

/** Files are many and say little: they are shown to who asks for them. */
const USUAL: readonly LineageKind[] = LINEAGE_KINDS.filter((kind) => kind !== 'ARTIFACT');

builder.queryField('lineage', (t) =>
  t.field({
    type: LineageRef,
    description: 'Of a project: all that is in it, with ancestors in other projects. Of one thing: its ancestors, its descendants, and what those were made of.',
    args: {
      of: t.arg.id({ description: 'Id of a hypothesis, experiment, run, variant, data set or model; or an experiment’s key.' }),
      project: t.arg.string({ description: 'Slug.' }),
      kinds: t.arg({ type: [KindEnum], description: 'All but ARTIFACT where it is left out. What is joined only through others is then joined by an edge THROUGH.' }),
      until: t.arg({ type: 'DateTime', description: 'The lineage as it was at this moment, with the verdicts of then.' }),
      depth: t.arg.int({ description: 'Of one thing: how many steps away from it.' }),
      collapse: t.arg.boolean({ defaultValue: true, description: `Whether the runs of a variant are one node, and more than ${MOST_SIBLINGS} leaves of one kind on one node are folded.` }),
      metric: t.arg.string({ description: 'Which metric’s best result bestPath leads to; where it is left out, the one that most verdicts support.' }),
    },
    complexity: { field: 50, multiplier: 1 },
    resolve: async (_, args, context) => {
      const about = await aboutOf(context, args);
      const read = await readLineage(context, { about, kinds: new Set(args.kinds ?? USUAL), until: args.until ?? context.ports.clock.now(), depth: depthOf(args.depth), collapse: args.collapse !== false, metric: args.metric ?? null });
      if (!read) throw notFound('lineage/unknown', 'There is nothing with this id that a lineage could be of, or you may not see it.');
      return read;
    },
  }),
);
