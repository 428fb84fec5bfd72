import type { Viewer } from '../../domain/access/viewer.ts';
import { requireFewParents, requireLineage } from '../../domain/experiments/experiment.ts';
import type { HypothesisDraft } from '../../domain/hypotheses/hypothesis.ts';
import { readHypothesisTags, saysSomething, type HypothesisTags } from '../../domain/runs/hypothesis-tags.ts';
import { updateHypothesis } from '../hypotheses/update-hypothesis.ts';
import { writeHypothesis } from '../hypotheses/write-hypothesis.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { Hypothesis } from '../ports/hypotheses.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { projectOf, reachParents, unknownExperiment } from './reach.ts';
import { attachHypothesis } from './set-hypothesis.ts';
import { announceExperiment } from './write-experiment.ts';

export interface SaidInTags {
  readonly experimentId: string;
  /** What the tags say that were just written, to the experiment or to one of its runs. */
  readonly said: HypothesisTags;
  /** What the same tags said before: a value that came from a tag follows the tag. */
  readonly before?: HypothesisTags;
}

/** What a hypothesis that was there before still lacks, to be saved once the transaction is through. */
export interface HypothesisRevision {
  readonly hypothesis: string;
  readonly draft: HypothesisDraft;
}

/** To be called before a row is made that holds on to the experiment: several runs that say something of one experiment at once would else wait for each other, all of them holding on to it. */
export async function takeTurn(tx: Transaction, experimentId: string, said: HypothesisTags): Promise<void> {
  if (!saysSomething(said)) return;
  // Before any row: two who derive from each other at once would else wait for each other.
  if (said.parentKey !== undefined) await tx.experiments.lockLineage();
  await tx.experiments.lock(experimentId);
}

/**
 * Fills an experiment's hypothesis and lineage from tags, for clients that have no other way to say them. Rules:
 * FT1 the first statement makes a hypothesis, with everything the experiment's tags said earlier; FT2 later tags fill what is still empty;
 * FT3 what a person has written is never overwritten by a tag; FT4 a parent named by a tag is added to the parents there are.
 * Repeating it changes nothing. To be called in the transaction that writes the tags, and `saveRevision` with its answer after it.
 */
export async function followHypothesisTags(tx: Transaction, ports: Pick<Ports, 'clock' | 'ids'>, viewer: Viewer, given: SaidInTags): Promise<HypothesisRevision | null> {
  if (!saysSomething(given.said)) return null;
  // Before any row: two who derive from each other at once would else wait for each other.
  if (given.said.parentKey !== undefined) await tx.experiments.lockLineage();
  const experiment = await tx.experiments.lock(given.experimentId);
  if (!experiment) throw unknownExperiment();
  await projectOf(tx, viewer, experiment.projectId, { action: 'experiment.edit', unknown: unknownExperiment });
  await addParent(tx, viewer, experiment, given.said.parentKey);
  const hypothesis = experiment.hypothesisId === null ? null : await tx.hypotheses.get(experiment.hypothesisId);
  if (hypothesis) return { hypothesis: hypothesis.id, draft: whatIsMissing(hypothesis, given) };
  await makeHypothesis(tx, ports, { viewer, experiment, said: given.said });
  return null;
}

export async function saveRevision(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, revision: HypothesisRevision | null): Promise<void> {
  if (revision && Object.keys(revision.draft).length > 0) await updateHypothesis(ports, viewer, revision);
}

async function addParent(tx: Transaction, viewer: Viewer, experiment: Experiment, key: string | undefined): Promise<void> {
  if (key === undefined) return;
  const [parent] = await reachParents(tx, viewer, [key]);
  const before = await tx.experiments.parentIds(experiment.id);
  if (!parent || before.includes(parent.id)) return;
  const parentIds = [...before, parent.id];
  requireFewParents(parentIds);
  requireLineage(experiment.id, await tx.experiments.withAncestors(parentIds));
  await tx.experiments.setParents(experiment.id, parentIds);
  await announceExperiment(tx, experiment, { actorId: viewer.personId, verb: 'updated', detail: { parents: parentIds } });
}

async function makeHypothesis(tx: Transaction, ports: Pick<Ports, 'clock' | 'ids'>, given: { readonly viewer: Viewer; readonly experiment: Experiment; readonly said: HypothesisTags }): Promise<void> {
  const { viewer, experiment } = given;
  const said: HypothesisTags = { ...readHypothesisTags(await tx.experiments.tags(experiment.id)), ...given.said };
  if (said.statement === undefined) return;
  const { parentKey: _, ...draft } = said;
  const hypothesis = await writeHypothesis(tx, ports, { projectId: experiment.projectId, authorId: viewer.personId, draft });
  await attachHypothesis(tx, ports, { actorId: viewer.personId, experiment, hypothesis });
}

const FIELDS = ['statement', 'because', 'change', 'metric', 'direction', 'minEffect'] as const;

function whatIsMissing(hypothesis: Hypothesis, { said, before }: SaidInTags): HypothesisDraft {
  const wanted = FIELDS.filter((field) => {
    const current = hypothesis[field];
    const follows = current === null || (before !== undefined && before[field] === current);
    return said[field] !== undefined && said[field] !== current && follows;
  });
  return Object.fromEntries(wanted.map((field) => [field, said[field]]));
}
