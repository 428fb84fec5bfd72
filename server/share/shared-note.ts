import type { SharedNote } from '../../contracts/share-page.ts';
import { attributeText, type NoteNode } from '../../domain/richtext/note-document.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { personOf } from '../schema/loaders.ts';
import { documentOf, noteOf } from '../schema/notes/note-rows.ts';
import { projectIdOfSubject } from '../schema/subject.ts';
import { typenameOf } from '../schema/typename.ts';
import { experimentOfLink, fitToLeave, sharedHypothesis, type LinkedExperiment } from './linked-experiment.ts';
import { sharedExperiment } from './shared-experiment.ts';
import { sharedText } from './shared-text.ts';
import type { SubjectShown } from './subject-shown.ts';

/** Most experiments that evidence blocks of one note show. */
const MOST_EXPERIMENTS = 20;
const ABOUT: Readonly<Record<string, SharedNote['about']>> = { Project: 'project', Hypothesis: 'hypothesis', Experiment: 'experiment', Run: 'run', Meeting: 'meeting' };

/** A note's words, and what its live evidence blocks show at this moment. */
export async function readSharedNote(context: Context, link: ShareLink): Promise<SubjectShown | null> {
  const note = await noteOf(context, link.subjectId);
  const about = ABOUT[typenameOf(note?.subjectId ?? '') ?? ''];
  if (!note || !about || note.projectId !== link.projectId || !(await subjectStands(context, link, note.subjectId))) return null;
  const document = (await documentOf(context, note.id)) ?? context.ports.noteDocuments.document([]);
  const shown = await evidenceOf(context, link, document);
  const places = new Map(shown.map(({ experiment }, place) => [experiment.id, place]));
  const text = sharedText(document, { redact: link.redact, publicUrl: context.env.publicUrl, placeOf: (id) => places.get(id) ?? null });
  const author = link.redact.includes('PEOPLE') ? undefined : await personOf(context, note.createdById);
  return {
    shown: {
      subject: 'note', title: note.title,
      note: {
        about, author: author?.name ?? null, updatedAt: note.updatedAt.toISOString(), ...text,
        evidence: await Promise.all(shown.map(async ({ experiment, hypothesis }) => ({ hypothesis: sharedHypothesis(hypothesis), experiment: await sharedExperiment(context, experiment, { metric: hypothesis.metric, redact: link.redact }) }))),
      },
    },
    digest: [`${note.id}@${note.lastUpdate}`, ...shown.map(({ experiment }) => experiment.evidenceDigest)].join(' '),
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

/** Experiments of live evidence blocks that this link may show. */
async function evidenceOf(context: Context, link: ShareLink, document: NoteNode): Promise<readonly LinkedExperiment[]> {
  const ids = [...new Set(liveEvidenceIn(document))].slice(0, MOST_EXPERIMENTS);
  const found = (await Promise.all(ids.map((id) => experimentOfLink(context, link, id)))).filter((each) => each !== null);
  const fit = new Set((await fitToLeave(context, found.map(({ experiment }) => experiment))).map(({ id }) => id));
  return found.filter(({ experiment }) => fit.has(experiment.id));
}

const liveEvidenceIn = (node: NoteNode): readonly string[] =>
  (node.type === 'evidence' ? (node.attrs?.['frozen'] ? [] : [attributeText(node.attrs, 'subject')]) : (node.content ?? []).flatMap(liveEvidenceIn));
