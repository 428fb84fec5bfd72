import { cutAtWord, excerptOf } from '../../domain/richtext/excerpt.ts';
import type { Transaction } from '../ports/store.ts';
import type { Comment, Thread } from '../ports/threads.ts';

const MOST_EXCERPT = 300;
/** Where what is talked about has a page of its own; an experiment's is known by its key. */
const PAGES: Readonly<Record<string, string>> = { run: '/r', hypothesis: '/h', note: '/n' };

/** Where on its page a subject's threads stand; a project's beside its lineage, which is what is shared of it. */
const PLACES: Readonly<Record<string, string>> = { experiment: '?tab=discussion', run: '?tab=discussion', project: '/lineage' };

type Said = Pick<Comment, 'id' | 'authorId' | 'guestName' | 'body'>;

async function saidOf(tx: Transaction, thread: Thread, { id, authorId, guestName, body }: Said) {
  const subject = await tx.threads.subject(thread.subjectId);
  const page = PAGES[thread.subjectKind];
  // A guest is nobody that Lemma knows: the name stands with the words.
  const about = guestName === null ? excerptOf(body, MOST_EXCERPT) : cutAtWord(`${guestName} (guest): ${body}`, MOST_EXCERPT);
  return {
    projectId: thread.projectId, experimentId: subject?.experimentId ?? null, subjectId: thread.id, actorId: guestName === null ? authorId : null,
    detail: { about, ...(guestName === null ? {} : { byGuest: true }), ...(page === undefined ? {} : { path: `${page}/${thread.subjectId}` }), place: `${PLACES[thread.subjectKind] ?? ''}#comment-${id}` },
  };
}

/** Who is mentioned for the first time hears of it, also when a comment is changed. */
export async function tellMentioned(tx: Transaction, thread: Thread, comment: Said, mentioned: readonly string[]): Promise<void> {
  if (mentioned.length > 0) await tx.happenings.add({ ...(await saidOf(tx, thread, comment)), kind: 'MENTIONED', addresseeIds: mentioned });
}

/** Who is mentioned hears of that; who follows the thread hears of the comment. Nobody hears twice, and who muted it not at all unless they are named. */
export async function tellComment(tx: Transaction, thread: Thread, comment: Said, mentioned: readonly string[]): Promise<void> {
  await tellMentioned(tx, thread, comment, mentioned);
  const followers = (await tx.threads.followers(thread.id)).filter(({ state }) => state !== 'MUTED').map(({ personId }) => personId).filter((personId) => personId !== comment.authorId && !mentioned.includes(personId));
  if (followers.length > 0) await tx.happenings.add({ ...(await saidOf(tx, thread, comment)), kind: 'REPLIED', addresseeIds: followers });
}
