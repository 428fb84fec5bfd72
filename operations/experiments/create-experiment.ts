import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput } from '../../domain/refusal.ts';
import type { ExperimentDesign } from '../ports/experiments.ts';
import type { Ports } from '../ports/ports.ts';
import { reachHypothesis, reachParents, reachProject } from './reach.ts';
import { writeExperiment } from './write-experiment.ts';

export interface CreateExperiment {
  readonly project: string;
  readonly name: string;
  /** Lemma's own doors never make an exploratory experiment. */
  readonly hypothesis: string;
  readonly description?: string | null | undefined;
  readonly parents?: readonly string[] | null | undefined;
  readonly design?: ExperimentDesign | null | undefined;
}

/** Plans one test of one hypothesis; resolves to the experiment's id. */
export async function createExperiment(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: CreateExperiment): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, request.project, 'experiment.create');
    const { thing: hypothesis } = await reachHypothesis(tx, viewer, request.hypothesis, 'project.read');
    if (hypothesis.projectId !== project.id) throw badInput('experiment/hypothesis-elsewhere', `That hypothesis belongs to another project. An experiment in ${project.slug} tests a hypothesis of ${project.slug}.`);
    const parents = await reachParents(tx, viewer, request.parents ?? []);
    const experiment = await writeExperiment(tx, ports, {
      project,
      actorId: viewer.personId,
      name: request.name,
      description: request.description,
      hypothesis,
      design: request.design,
      parentIds: parents.map((parent) => parent.id),
    });
    return experiment.id;
  });
}
