import type { SharedNote } from '../../contracts/share-page.ts';
import { attributeText, type NoteNode } from '../../domain/richtext/note-document.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { personOf } from '../schema/loaders.ts';
import { documentOf, noteOf } from '../schema/notes/note-rows.ts';
import { projectIdOfSubject } from '../schema/subject.ts';
import { typenameOf } from '../schema/typename.ts';
import { experimentOfLink, onlyFit, sharedHypothesis, type LinkedExperiment } from './linked-experiment.ts';
import { leaveOutWords, leftOutNames } from './left-out-words.ts';
import { sharedExperiment } from './shared-experiment.ts';
import { sharedText } from './shared-text.ts';
import type { SubjectShown } from './subject-shown.ts';

/** Most experiments that live evidence blocks of one note show, and as many that frozen ones do. */
const MOST_EXPERIMENTS = 20;
const ABOUT: Readonly<Record<string, SharedNote['about']>> = { Project: 'project', Hypothesis: 'hypothesis', Experiment: 'experiment', Run: 'run', Meeting: 'meeting' };

/** A note's words, and what its live evidence blocks show at this moment. */
export async function readSharedNote(context: Context, link: ShareLink): Promise<SubjectShown | null> {
  const note = await noteOf(context, link.subjectId);
  const about = ABOUT[typenameOf(note?.subjectId ?? '') ?? ''];
  if (!note || !about || note.projectId !== link.projectId || !(await subjectStands(context, link, note.subjectId))) return null;
  const document = (await documentOf(context, note.id)) ?? context.ports.noteDocuments.document([]);
  const [shown, frozen] = await Promise.all([evidenceOf(context, link, subjectsIn(document, { frozen: false })), evidenceOf(context, link, subjectsIn(document, { frozen: true }))]);
  const leaving = new Set(frozen.map(({ experiment }) => experiment.id));
  const places = new Map(shown.map(({ experiment }, place) => [experiment.id, place]));
  const leaveOut = leaveOutWords(await leftOutNames(context, link, [note.title, document]));
  const text = sharedText(document, { redact: link.redact, leaveOut, publicUrl: context.env.publicUrl, placeOf: (id) => places.get(id) ?? null, mayLeave: (id) => leaving.has(id) });
  const author = link.redact.includes('PEOPLE') ? undefined : await personOf(context, note.createdById);
  return {
    shown: {
      subject: 'note', title: leaveOut(note.title),
      note: {
        about, author: author?.name ?? null, updatedAt: note.updatedAt.toISOString(), ...text,
        evidence: await Promise.all(shown.map(async ({ experiment, hypothesis }) => ({ hypothesis: sharedHypothesis(hypothesis), experiment: await sharedExperiment(context, experiment, { metric: hypothesis.metric, redact: link.redact }) }))),
      },
    },
    digests: [`${note.id}@${note.lastUpdate}`, ...shown.map(({ experiment }) => experiment.evidenceDigest)],
    experiments: [...new Set([...shown, ...frozen].map(({ experiment }) => experiment.id))],
  };
}

/** A note goes with what it is about: deleted, or moved to another project. */
async function subjectStands(context: Context, link: ShareLink, subjectId: string): Promise<boolean> {
  if ((await projectIdOfSubject(context, subjectId)) !== link.projectId) return false;
  const run = typenameOf(subjectId) === 'Run' ? await context.reader.run.findUnique({ where: { id: subjectId }, select: { experimentId: true, deletedAt: true } }) : null;
  if (run?.deletedAt) return false;
  const experimentId = run?.experimentId ?? (typenameOf(subjectId) === 'Experiment' ? subjectId : null);
  return experimentId === null || (await experimentOfLink(context, link, experimentId)) !== null;
}

/** Those of the experiments that this link may show: in its project, and past the ethics gate. */
async function evidenceOf(context: Context, link: ShareLink, subjects: readonly string[]): Promise<readonly LinkedExperiment[]> {
  const found = (await Promise.all(subjects.slice(0, MOST_EXPERIMENTS).map((id) => experimentOfLink(context, link, id)))).filter((each) => each !== null);
  const fit = new Set((await onlyFit(context, found.map(({ experiment }) => experiment))).map(({ id }) => id));
  return found.filter(({ experiment }) => fit.has(experiment.id));
}

/** Experiments of the evidence blocks that are live, or of those that were frozen. */
export const subjectsIn = (document: NoteNode, wanted: { readonly frozen: boolean }): readonly string[] => {
  const inside = (node: NoteNode): readonly string[] =>
    node.type !== 'evidence' ? (node.content ?? []).flatMap(inside) : Boolean(node.attrs?.['frozen']) === wanted.frozen ? [attributeText(node.attrs, 'subject')] : [];
  return [...new Set(inside(document))];
};
