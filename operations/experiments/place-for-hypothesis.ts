import { requireRight } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { nameFromStatement } from '../../domain/experiments/experiment.ts';
import { badInput } from '../../domain/refusal.ts';
import type { HypothesisTags } from '../../domain/runs/hypothesis-tags.ts';
import { writeHypothesis } from '../hypotheses/write-hypothesis.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { Hypothesis } from '../ports/hypotheses.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import { reachHypothesis, reachProject } from './reach.ts';
import { writeExperiment } from './write-experiment.ts';

export interface NamedHypothesis {
  /** Its slug; needed with a statement. */
  readonly project: string | undefined;
  /** A statement, or an id. */
  readonly hypothesis: string;
  readonly said: HypothesisTags;
}

interface Place { readonly experiment: Experiment; readonly project: Project }

const ID = /^hyp_[0-9a-z]{26}$/i;

/**
 * The experiment that runs of a hypothesis go to: the one that was made for them before, or a new one. A statement stands for the hypothesis of the project that
 * says it, case and spaces aside, or for a new one. Who makes either needs the right for it.
 */
export async function placeForHypothesis(tx: Transaction, ports: Pick<Ports, 'clock' | 'ids'>, viewer: Viewer, named: NamedHypothesis): Promise<Place> {
  const { project, find } = ID.test(named.hypothesis) ? await byId(tx, viewer, named) : await byStatement(tx, viewer, named);
  const there = await find();
  const place = there && (await tx.experiments.madeForRuns(there.id));
  if (place) return { experiment: place, project };
  // Whoever else begins a run of the same hypothesis in this moment waits here, and then finds what was made.
  await tx.hypotheses.lockSayings(project.id);
  const hypothesis = (await find()) ?? (await propose(tx, ports, viewer, { project, named }));
  const experiment = (await tx.experiments.madeForRuns(hypothesis.id)) ?? (await plan(tx, ports, viewer, { project, hypothesis }));
  return { experiment, project };
}

interface Found { readonly project: Project; readonly find: () => Promise<Hypothesis | null> }

async function byId(tx: Transaction, viewer: Viewer, { project: slug, hypothesis: id }: NamedHypothesis): Promise<Found> {
  const { thing, project } = await reachHypothesis(tx, viewer, id, 'project.read');
  if (slug && slug !== project.slug) throw badInput('run/hypothesis-elsewhere', `That hypothesis belongs to the project ${project.slug}, not to ${slug}. Leave the project out, or name a hypothesis of ${slug}.`);
  return { project, find: () => Promise.resolve(thing) };
}

async function byStatement(tx: Transaction, viewer: Viewer, { project: slug, hypothesis: statement }: NamedHypothesis): Promise<Found> {
  if (!slug) throw badInput('run/no-project', 'Say in which project the hypothesis belongs: project="vision", or LEMMA_PROJECT=vision. The project sandbox is there for trying things.');
  const project = await reachProject(tx, viewer, slug, 'project.read');
  return { project, find: () => tx.hypotheses.saying(project.id, statement) };
}

async function propose(tx: Transaction, ports: Pick<Ports, 'clock' | 'ids'>, viewer: Viewer, { project, named }: { readonly project: Project; readonly named: NamedHypothesis }): Promise<Hypothesis> {
  requireRight(viewer, 'hypothesis.propose', project);
  const { parentKey: _, ...draft } = named.said;
  return writeHypothesis(tx, ports, { projectId: project.id, authorId: viewer.personId, draft: { ...draft, statement: named.hypothesis } });
}

const MOST_TURNS = 100;

async function plan(tx: Transaction, ports: Pick<Ports, 'clock' | 'ids'>, viewer: Viewer, { project, hypothesis }: { readonly project: Project; readonly hypothesis: Hypothesis }): Promise<Experiment> {
  requireRight(viewer, 'experiment.create', project);
  let turn = 1;
  while (turn < MOST_TURNS && (await tx.experiments.byName(project.id, nameFromStatement(hypothesis.statement, turn)))) turn += 1;
  return writeExperiment(tx, ports, { project, actorId: viewer.personId, name: nameFromStatement(hypothesis.statement, turn), hypothesis, madeForRuns: true });
}
