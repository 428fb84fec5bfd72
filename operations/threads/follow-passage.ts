import { badInput } from '../../domain/refusal.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { anchorFrom, threadAnchor } from '../../domain/threads/anchor.ts';
import type { Ports } from '../ports/ports.ts';
import { unknownPassage } from './check-passage.ts';
import { reachThread } from './reach-thread.ts';

/** Keeps by which letters a passage is known, as whoever wrote them anew says. Only who may edit the note can have done that. What was quoted stays as it was. */
export async function followPassage(ports: Pick<Ports, 'store' | 'noteDocuments'>, viewer: Viewer, request: { readonly thread: string; readonly from: string; readonly to: string }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: thread } = await reachThread(tx, viewer, request.thread, 'note.edit');
    const before = anchorFrom(thread.anchor);
    if (before?.kind !== 'text') throw badInput('thread/no-passage', 'This thread is not about a passage.');
    const anchor = { ...before, from: request.from, to: request.to };
    const read = threadAnchor(anchor);
    // Letters that are not of this note, or not any more, lead nowhere: what they were before is then the better name.
    const [words = null] = ports.noteDocuments.passages((await tx.notes.since(thread.subjectId, 0)).map(({ data }) => data), [anchor]);
    if (words === null) throw unknownPassage();
    await tx.threads.update(thread.id, { anchor: read });
    // No audit entry: nothing was said or decided.
    await tx.outbox.change({ noun: 'thread', id: thread.id, verb: 'moved', projectId: thread.projectId, experimentId: null, subjectId: thread.subjectId });
    return thread.id;
  });
}
