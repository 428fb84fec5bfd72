import type { SharedExperiment } from '../../contracts/share-page.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { ShareLink, ShareSubjectKind } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { hypothesisOf } from '../schema/loaders.ts';
import { experimentOfLink, onlyFit, sharedHypothesis } from './linked-experiment.ts';
import { readSharedComparison } from './shared-comparison.ts';
import { sharedDecision } from './shared-decision.ts';
import { sharedExperiment } from './shared-experiment.ts';
import { readSharedLineage } from './shared-lineage.ts';
import { readSharedNote } from './shared-note.ts';
import { readSharedRun } from './shared-run.ts';
import type { SubjectReader, SubjectShown } from './subject-shown.ts';

/** How each kind of subject is read for a share page. Null when it is gone, or has moved out of the link's project. */
export const SUBJECT_READERS: Readonly<Record<ShareSubjectKind, SubjectReader>> = {
  experiment: readExperiment,
  hypothesis: readHypothesis,
  run: readSharedRun,
  comparison: readSharedComparison,
  note: readSharedNote,
  lineage: readSharedLineage,
};

/** Most experiments on the page of one hypothesis. */
const MOST_EXPERIMENTS = 20;

async function readExperiment(context: Context, link: ShareLink): Promise<SubjectShown | null> {
  const found = await experimentOfLink(context, link, link.subjectId);
  if (!found) return null;
  const { experiment, hypothesis } = found;
  const shown = await withDecision(context, link, { experiment, metric: hypothesis.metric });
  return { shown: { subject: 'experiment', title: experiment.name, hypothesis: sharedHypothesis(hypothesis), experiments: [shown] }, digests: [experiment.evidenceDigest], experiments: [experiment.id] };
}

async function readHypothesis(context: Context, link: ShareLink): Promise<SubjectShown | null> {
  const hypothesis = await hypothesisOf(context, link.subjectId);
  if (!hypothesis || hypothesis.projectId !== link.projectId) return null;
  const newest = await context.reader.experiment.findMany({ where: { hypothesisId: hypothesis.id, projectId: link.projectId, deletedAt: null }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: MOST_EXPERIMENTS });
  // What was begun since the link was made was not judged then.
  const experiments = await onlyFit(context, newest);
  return {
    shown: { subject: 'hypothesis', title: hypothesis.statement, hypothesis: sharedHypothesis(hypothesis), experiments: await Promise.all(experiments.map((experiment) => withDecision(context, link, { experiment, metric: hypothesis.metric }))) },
    digests: experiments.map(({ evidenceDigest }) => evidenceDigest),
    experiments: experiments.map(({ id }) => id),
  };
}

/** A result's own page also says what was decided about it. */
async function withDecision(context: Context, link: ShareLink, { experiment, metric }: { readonly experiment: Prisma.ExperimentModel; readonly metric: string | null }): Promise<SharedExperiment> {
  const [shown, decision] = await Promise.all([sharedExperiment(context, experiment, { metric, redact: link.redact }), sharedDecision(context, link, experiment)]);
  return { ...shown, decision };
}
