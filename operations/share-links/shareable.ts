import { badInput, notFound } from '../../domain/refusal.ts';
import { comparedRunsOf, requireShareable } from '../../domain/sharing/share-link.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { ShareSubjectKind } from '../ports/share-links.ts';
import type { Transaction } from '../ports/store.ts';
import type { Subject, SubjectKind } from '../ports/threads.ts';
import { requireEthics } from '../reviews/require-ethics.ts';

export const unknownSubject = () => notFound('share/unknown-subject', 'There is nothing with this id to share, or you may not see it.');

export interface Shareable { readonly subjectKind: ShareSubjectKind; readonly comparedRuns: readonly string[] }

/** Whose results a page of each kind would show: each must be fit to leave the project. A kind that is not here has no page. */
const SHOWN: { readonly [kind in SubjectKind]?: (tx: Transaction, subject: Subject) => Promise<readonly Experiment[]> } = {
  experiment: async (tx, { id }) => [await standing(tx, id)],
  run: async (tx, { id, experimentId }) => {
    const run = await tx.runs.get(id);
    if (!run || run.deletedAt || experimentId === null) throw unknownSubject();
    return [await standing(tx, experimentId)];
  },
  hypothesis: async (tx, { id, projectId }) => (await tx.experiments.many(await tx.hypotheses.experimentIds(id))).filter((each) => each.projectId === projectId),
  // What it shows of other experiments is judged each time the page is read.
  note: async (tx, { experimentId }) => (experimentId === null ? [] : [await standing(tx, experimentId)]),
};

/** Whose lineage has a page. Which experiments of it are fit to leave the project is judged each time the page is read, but the one that it is of is judged here too. */
const WITH_LINEAGE: typeof SHOWN = { project: () => Promise.resolve([]), experiment: async (tx, { id }) => [await standing(tx, id)] };

/** What is wanted of the subject instead of itself. */
export interface Aspect { readonly compare: readonly string[]; readonly lineage: boolean }

/** What a link to the subject shows. Refuses what has no page, what is exploratory, and what ethics hold back. */
export async function shareableOf(tx: Transaction, subject: Subject, { compare, lineage }: Aspect): Promise<Shareable> {
  if (lineage && compare.length > 0) throw badInput('share/lineage', 'A page shows a lineage or compares runs, not both. Make a link for each.');
  const shown = (lineage ? WITH_LINEAGE : SHOWN)[subject.kind];
  if (!shown) throw lineage ? badInput('share/lineage', 'A shared lineage is of a project or of an experiment. Give the id of one of those.') : badInput('share/subject-kind', 'A share page shows an experiment, a hypothesis, a run, a comparison, a note or a lineage. Give the id of one of those.');
  const experiments = await shown(tx, subject);
  for (const experiment of experiments) requireShareable(experiment);
  await requireEthics(tx, experiments);
  if (lineage) return { subjectKind: 'lineage', comparedRuns: [] };
  const named = comparedRunsOf(compare, subject.kind);
  if (named.length === 0) return { subjectKind: subject.kind as ShareSubjectKind, comparedRuns: [] };
  const own = new Set(await tx.threads.runsOfSubject(subject, named));
  if (named.some((id) => !own.has(id))) throw badInput('share/compared-runs', 'A shared comparison is of runs of one experiment. Name runs of the experiment that is shared.');
  return { subjectKind: 'comparison', comparedRuns: named };
}

async function standing(tx: Transaction, id: string): Promise<Experiment> {
  const experiment = await tx.experiments.get(id);
  if (!experiment || experiment.deletedAt) throw unknownSubject();
  return experiment;
}
