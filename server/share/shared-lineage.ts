import type { SharedLineage } from '../../contracts/share-page.ts';
import { bounded, type Finding, type LineageGraph, type LineageKind, type LineageNode } from '../../domain/lineage/graph.ts';
import { gainWords, type BestPath } from '../../domain/lineage/best-path.ts';
import { UNNAMED_PROJECT } from '../../domain/sharing/share-question.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Redaction, ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { approvalFor } from '../schema/experiments/experiment-approval.ts';
import { readLineage } from '../schema/lineage/read-lineage.ts';
import { projectOf, variantOf } from '../schema/loaders.ts';
import { estimateOf } from '../schema/variants/variant-lists.ts';
import { onlyFit } from './linked-experiment.ts';
import type { SubjectShown } from './subject-shown.ts';

/** Of a page; a telephone shows few at a time, and reads all of them. */
const MOST_SHOWN = 300;

/**
 * A lineage for a reader outside: of the link's own project alone, and of the experiments that may leave it. Of what is not among them nothing is there that hangs on it alone: no run, data, model or hypothesis.
 * Null when the experiment that it is of is gone, or held back.
 */
export async function readSharedLineage(context: Context, link: ShareLink): Promise<SubjectShown | null> {
  const project = await projectOf(context, link.projectId);
  if (!project) return null;
  const ofProject = link.subjectId === project.id;
  const fit = new Map<string, Prisma.ExperimentModel>();
  let heldBack = false;
  const keep = async (ids: readonly string[]): Promise<readonly string[]> => {
    const rows = await context.reader.experiment.findMany({ where: { id: { in: [...ids] }, projectId: link.projectId, deletedAt: null } });
    for (const row of await onlyFit(context, rows.filter(({ hypothesisId }) => hypothesisId !== null))) fit.set(row.id, row);
    heldBack = fit.size < rows.length;
    return ids.filter((id) => fit.has(id));
  };
  const read = await readLineage(context, {
    about: ofProject ? { projectId: project.id } : { of: link.subjectId }, within: { projects: [project.id], keep },
    kinds: kindsFor(link.redact), until: context.ports.clock.now(), depth: null, collapse: true, metric: null,
  });
  if (!read || (!ofProject && !fit.has(link.subjectId))) return null;
  const graph = bounded(read.graph, MOST_SHOWN);
  const shown = graph.nodes.flatMap(({ id }) => fit.get(id) ?? []);
  const drawn = await drawnOf(context, { graph, path: read.bestPath, redact: link.redact, fit });
  const own = fit.get(link.subjectId);
  return {
    shown: own ? { subject: 'lineage', title: own.name, lineage: { of: 'experiment', found: gainWords(graph.nodes.find(({ id }) => id === own.id)?.finding ?? null), ...drawn, heldBack } }
      : { subject: 'lineage', title: hides(link.redact, 'ORGANIZATION') ? UNNAMED_PROJECT : project.name, lineage: { of: 'project', found: null, ...drawn, heldBack } },
    digests: shown.map(({ evidenceDigest }) => evidenceDigest),
    experiments: shown.map(({ id }) => id),
  };
}

const hides = (redact: readonly Redaction[], what: Redaction): boolean => redact.includes(what);

/** Data sets are told apart by what params are, as where changed variables are left out. */
function kindsFor(redact: readonly Redaction[]): ReadonlySet<LineageKind> {
  const kinds = new Set<LineageKind>(['HYPOTHESIS', 'EXPERIMENT', 'RUN', 'MODEL']);
  if (!hides(redact, 'PARAMS')) kinds.add('DATASET');
  if (!hides(redact, 'CODE')) kinds.add('CODE');
  return kinds;
}

interface Drawn { readonly graph: LineageGraph; readonly path: BestPath | null; readonly redact: readonly Redaction[]; readonly fit: ReadonlyMap<string, Prisma.ExperimentModel> }

async function drawnOf(context: Context, { graph, path, redact, fit }: Drawn): Promise<Omit<SharedLineage, 'of' | 'found' | 'heldBack'>> {
  const nodes = graph.nodes.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const placeOf = new Map(nodes.map(({ id }, place) => [id, place]));
  const keyOf = ({ key }: LineageNode): string | null => (hides(redact, 'ORGANIZATION') ? null : key);
  const names = hides(redact, 'PARAMS') || hides(redact, 'CODE') ? numbered(nodes) : new Map<string, string>();
  const edges = graph.edges.flatMap(({ from, to }) => { const [a, b] = [placeOf.get(from), placeOf.get(to)]; return a === undefined || b === undefined ? [] : [[a, b] as const]; });
  const saying = (outcome: Finding['outcome']): number => nodes.filter(({ finding }) => finding?.outcome === outcome).length;
  const decided = { supported: saying('SUPPORTED'), refuted: saying('REFUTED'), equivalent: saying('EQUIVALENT') };
  const steps = (path?.steps ?? []).flatMap(({ node, words, finding }) => { const place = placeOf.get(node.id); return place === undefined ? [] : [{ node: place, key: keyOf(node), name: node.label, words, verdict: finding && figuresOf(finding), evidenceDigest: fit.get(node.id)?.evidenceDigest ?? '' }]; });
  const best = path && fit.get(path.steps.at(-1)?.node.id ?? '');
  return {
    best: path && best ? { metric: path.metric, direction: path.direction, forks: path.forks, steps, value: await valueOf(context, path), approval: { ...(await approvalOf(context, best)), by: null, staleReason: null } } : null,
    nodes: nodes.map((node) => ({ kind: node.kind, key: keyOf(node), label: names.get(node.id) ?? node.label, count: node.count, outcome: node.finding?.outcome ?? null })),
    edges: { from: edges.map(([from]) => from), to: edges.map(([, to]) => to) },
    cut: graph.cut,
    counted: { ...decided, open: nodes.filter(({ kind }) => kind === 'EXPERIMENT').length - decided.supported - decided.refuted - decided.equivalent },
    newestAt: newestOf(nodes, fit),
  };
}

/** Of the treatment that the last step's verdict speaks of. */
async function valueOf(context: Context, { steps, metric }: BestPath): Promise<NonNullable<SharedLineage['best']>['value']> {
  const id = steps.at(-1)?.node.finding?.treatmentId;
  const variant = id === undefined || id === null ? undefined : await variantOf(context, id);
  const estimate = variant && (await estimateOf(context, variant, metric));
  return estimate ? { mean: estimate.mean, ciLow: estimate.ciLow, ciHigh: estimate.ciHigh, n: estimate.n } : null;
}

/** What is renamed, or judged anew, changes later than it came to be. */
function newestOf(nodes: readonly LineageNode[], fit: ReadonlyMap<string, Prisma.ExperimentModel>): string | null {
  const newest = Math.max(...nodes.map(({ id, at }) => Math.max(at, fit.get(id)?.updatedAt.getTime() ?? 0)));
  return nodes.length === 0 ? null : new Date(newest).toISOString();
}

async function approvalOf(context: Context, experiment: Prisma.ExperimentModel) {
  const { state, by } = await approvalFor(context, experiment);
  return { state, at: by?.decidedAt?.toISOString() ?? null };
}

const figuresOf = ({ outcome, metric, effect, ciLow, ciHigh, baselineRuns, treatmentRuns }: Finding) => ({ outcome, metric, effect, ciLow, ciHigh, baselineRuns, treatmentRuns });

/** Names of variants, runs and models are made from settings and code: without those they are told apart by numbers, in the order they are drawn in. */
function numbered(nodes: readonly LineageNode[]): ReadonlyMap<string, string> {
  const named = nodes.flatMap((node) => { const word = wordFor(node); return word === null ? [] : [{ id: node.id, word }]; });
  const numbers = new Map<string, number>();
  const total = Map.groupBy(named, ({ word }) => word);
  return new Map(named.map(({ id, word }) => {
    const number = (numbers.get(word) ?? 0) + 1;
    numbers.set(word, number);
    return [id, total.get(word)?.length === 1 ? word : `${word} ${number}`];
  }));
}

/** Null for what keeps its name. */
function wordFor({ kind, label, detail, count }: LineageNode): string | null {
  if (kind === 'MODEL') return count > 1 ? `${count} models` : 'Model';
  if (kind !== 'RUN' || /^\d+ more$/.test(label)) return null;
  return detail?.startsWith('baseline') === true ? 'Baseline' : count > 1 ? 'Treatment' : 'Run';
}
