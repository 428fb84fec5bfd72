import { mayIn, requireRight } from '../../domain/access/policy.ts';
import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { conflict, forbidden } from '../../domain/refusal.ts';
import { readHypothesisTags } from '../../domain/runs/hypothesis-tags.ts';
import { TAG } from '../../domain/runs/run-tags.ts';
import { parseTrackedName, showTrackedName } from '../../domain/runs/tracked-name.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import { createProjectIn } from '../projects/create-project.ts';
import { followHypothesisTags } from './follow-hypothesis-tags.ts';
import { writeExperiment } from './write-experiment.ts';

/** Experiment tags in which the MLflow door remembers what Lemma's own words have no place for. Clients never see the first. */
export const REMEMBERED = {
  /** The name as the client wrote it, where that differs from how it would be shown. */
  name: 'lemma.tracked_name',
  /** Where the client asked its artifacts to be kept: "s3://…". */
  artifactLocation: 'lemma.artifact_location',
} as const;

export interface TrackExperiment {
  /** As MLflow's client sends it: "vision/cutmix", or without a slash for the sandbox. */
  readonly name: string;
  readonly tags: ReadonlyMap<string, string>;
  /** Null for Lemma's own store. */
  readonly artifactLocation: string | null;
}

/**
 * Makes the exploratory experiment an MLflow client asks for, and its project where that is new; resolves to the number MLflow shows.
 * Refuses a name in use with `experiment/name-taken`.
 */
export async function trackExperiment(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: TrackExperiment): Promise<number> {
  const said = readHypothesisTags(request.tags);
  const parsed = parseTrackedName(request.name);
  return ports.store.transaction(async (tx) => {
    const { project, maker } = await projectFor(tx, ports, viewer, parsed.projectSlug);
    const taken = await tx.experiments.byName(project.id, parsed.experimentName);
    if (taken) throw conflict('experiment/name-taken', `Experiment(name=${request.name}) already exists.`);
    const made = await writeExperiment(tx, ports, { project, actorId: viewer.personId, name: parsed.experimentName, description: request.tags.get(TAG.note), hypothesis: null });
    await tx.experiments.setTags(made.id, new Map([...request.tags, ...remembered(request, showTrackedName(parsed))]));
    await followHypothesisTags(tx, ports, maker, { experimentId: made.id, said });
    return made.mlflowId;
  });
}

interface ProjectFor {
  readonly project: Project;
  /** The viewer, who owns a project that was made just now. */
  readonly maker: Viewer;
}

/** The project of that name, made if it is new. One that exists but may not be seen is refused without saying that it exists. */
async function projectFor(tx: Transaction, ports: Pick<Ports, 'clock' | 'ids'>, viewer: Viewer, slug: string): Promise<ProjectFor> {
  const project = await tx.projects.bySlug(slug);
  if (!project) {
    const made = await createProjectIn(tx, ports, viewer, { slug, name: slug });
    return { project: made, maker: { ...viewer, roles: new Map([...viewer.roles, [made.id, 'OWNER']]) } };
  }
  // Who is asking was read before this transaction began; a request of the same person may have made the project since.
  const role = await tx.projects.roleOf(project.id, viewer.personId);
  const maker: Viewer = role === null ? viewer : { ...viewer, roles: new Map([...viewer.roles, [project.id, role]]) };
  if (!mayIn(roleIn(maker, project), 'project.read')) throw forbidden('project/not-yours', `You may not log to the project "${slug}". Use another project, or ask its owner to add you.`);
  requireRight(maker, 'experiment.create', project);
  return { project, maker };
}

function remembered(request: TrackExperiment, shown: string): readonly (readonly [string, string])[] {
  return [
    ...(shown === request.name ? [] : [[REMEMBERED.name, request.name] as const]),
    ...(request.artifactLocation === null ? [] : [[REMEMBERED.artifactLocation, request.artifactLocation] as const]),
  ];
}
