import type { Change } from '../../contracts/messages/change.ts';
import type { ShareLink, ShareSubjectKind } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { runOf } from '../schema/loaders.ts';
import { documentOf, noteOf } from '../schema/notes/note-rows.ts';
import { subjectsIn } from './shared-note.ts';

/** Ids of what an open page shows: kept beside it, so that the news of a whole installation are sorted without asking the database. */
export interface ShownThings {
  /** Shown with all that belongs to them. */
  readonly shown: ReadonlySet<string>;
  /** Experiments around a run: its page says nothing of their other runs. */
  readonly around: ReadonlySet<string>;
  /** Threads that guests began through the link. */
  readonly threads: ReadonlySet<string>;
}

const MOST_THINGS = 200;
interface Beside { readonly shown?: readonly string[]; readonly around?: readonly string[] }

/** Beside the subject itself. */
const BESIDE: { readonly [kind in ShareSubjectKind]: (context: Context, link: ShareLink) => Promise<Beside> } = {
  experiment: () => Promise.resolve({}),
  comparison: () => Promise.resolve({}),
  run: async (context, { subjectId }) => ({ around: await experimentOfRun(context, subjectId) }),
  hypothesis: async ({ reader }, { subjectId }) => ({ shown: (await reader.experiment.findMany({ where: { hypothesisId: subjectId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: MOST_THINGS, select: { id: true } })).map(({ id }) => id) }),
  // Of an experiment's lineage too: which of them are its relatives only a look tells.
  lineage: async ({ reader }, { projectId }) => ({ shown: (await reader.experiment.findMany({ where: { projectId, deletedAt: null }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: MOST_THINGS, select: { id: true } })).map(({ id }) => id) }),
  note: async (context, { subjectId }) => {
    const [note, document] = [await noteOf(context, subjectId), await documentOf(context, subjectId)];
    const about = note?.subjectId ?? '';
    return { shown: document ? subjectsIn(document, { frozen: false }).slice(0, MOST_THINGS) : [], around: [about, ...(note?.subjectKind === 'run' ? await experimentOfRun(context, about) : [])] };
  },
};

const experimentOfRun = async (context: Context, id: string): Promise<readonly string[]> => { const run = await runOf(context, id); return run ? [run.experimentId] : []; };

export async function shownThings(context: Context, link: ShareLink): Promise<ShownThings> {
  const { shown = [], around = [] } = await BESIDE[link.subjectKind](context, link);
  const threads = link.guestsMayComment ? await context.reader.thread.findMany({ where: { createdById: link.id }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: MOST_THINGS, select: { id: true } }) : [];
  return { shown: new Set([link.subjectId, ...shown, ...link.frozenExperiments]), around: new Set(around), threads: new Set(threads.map(({ id }) => id)) };
}

const NOUNS: ReadonlySet<Change['noun']> = new Set(['experiment', 'review', 'hypothesis', 'run', 'note']);

/** Whether a change is of something that the page shows. */
export const isShown = ({ noun, id, experimentId }: Change, { shown, around }: Pick<ShownThings, 'shown' | 'around'>): boolean =>
  NOUNS.has(noun) && (shown.has(id) || (experimentId !== null && shown.has(experimentId)) || around.has(id) || (noun !== 'run' && experimentId !== null && around.has(experimentId)));

/** Whether it is about what guests said on the page. Of a thread that was begun outside only a look tells through which link. */
export const isSaid = ({ noun, id }: Pick<Change, 'noun' | 'id'>, { threads }: Pick<ShownThings, 'threads'>): boolean => noun === 'thread' && threads.has(id);

/** An experiment tests a hypothesis from its beginning, or from when it is given one. */
const JOINS: ReadonlySet<string> = new Set(['created', 'hypothesis-set']);

/** Pages that show experiments which are not named by the link. */
const GROWING: ReadonlySet<ShareSubjectKind> = new Set(['hypothesis', 'lineage']);

/** Whether it may have added to what is shown: an experiment to a hypothesis, a thread to a page. */
export const mayAdd = ({ noun, verb, subjectId, projectId }: Change, link: Pick<ShareLink, 'subjectKind' | 'subjectId' | 'projectId' | 'guestsMayComment'>): boolean =>
  (GROWING.has(link.subjectKind) && noun === 'experiment' && JOINS.has(verb) && projectId === link.projectId) || (link.guestsMayComment && noun === 'thread' && verb === 'started-outside' && subjectId === link.subjectId);

export const sameThings = (one: ShownThings, other: ShownThings): boolean => (['shown', 'around', 'threads'] as const).every((each) => one[each].size === other[each].size && [...one[each]].every((id) => other[each].has(id)));
