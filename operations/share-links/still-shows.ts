import type { Experiment } from '../ports/experiments.ts';
import type { ShareLink, ShareSubjectKind } from '../ports/share-links.ts';
import type { Transaction } from '../ports/store.ts';
import { fitToLeave } from '../reviews/require-ethics.ts';

/** Ids of the experiments whose results make a page of each kind, all of which must be fit to leave; null when its subject is gone. */
const MADE_OF: { readonly [kind in ShareSubjectKind]: (tx: Transaction, link: ShareLink) => Promise<readonly string[] | null> } = {
  experiment: (_, { subjectId }) => Promise.resolve([subjectId]),
  run: (tx, { subjectId }) => experimentOfRun(tx, subjectId),
  comparison: async (tx, { subjectId, comparedRuns }) => {
    const standing = [...(await tx.runs.many(comparedRuns)).values()].filter(({ deletedAt, experimentId }) => deletedAt === null && experimentId === subjectId);
    return standing.length < 2 ? null : [subjectId];
  },
  // Which of its experiments a page that is kept up to date shows is judged one by one as it is read.
  hypothesis: async (tx, { subjectId, projectId }) => ((await tx.hypotheses.get(subjectId))?.projectId === projectId ? [] : null),
  // As of a hypothesis: of a project's lineage each experiment is judged by itself.
  lineage: (_, { subjectId, projectId }) => Promise.resolve(subjectId === projectId ? [] : [subjectId]),
  note: async (tx, { subjectId, projectId }) => {
    const note = await tx.notes.get(subjectId);
    if (!note || note.deletedAt || note.projectId !== projectId) return null;
    if (note.subjectKind === 'run') return experimentOfRun(tx, note.subjectId);
    return note.subjectKind === 'experiment' ? [note.subjectId] : [];
  },
};

async function experimentOfRun(tx: Transaction, id: string): Promise<readonly string[] | null> {
  const run = await tx.runs.get(id);
  return run && run.deletedAt === null ? [run.experimentId] : null;
}

/** Whether what a link shows is there, in the link's project, and fit to leave it at this moment. Of a frozen page, that holds for all that it was made of. */
export async function stillShows(tx: Transaction, link: ShareLink): Promise<boolean> {
  const own = await MADE_OF[link.subjectKind](tx, link);
  if (own === null) return false;
  const wanted = [...new Set([...own, ...link.frozenExperiments])];
  if (wanted.length === 0) return true;
  const experiments = (await tx.experiments.many(wanted)).filter((each) => standsIn(link.projectId, each));
  return experiments.length === wanted.length && (await fitToLeave(tx, experiments)).length === wanted.length;
}

const standsIn = (projectId: string, experiment: Experiment): boolean => experiment.deletedAt === null && experiment.hypothesisId !== null && experiment.projectId === projectId;
