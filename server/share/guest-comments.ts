import type { SharedComment } from '../../contracts/share-page.ts';
import { mentionOfHref } from '../../domain/richtext/mentions.ts';
import { plainWords } from '../../domain/richtext/plain-words.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Redaction, ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { personOf } from '../schema/loaders.ts';
import { mentionWords } from './shared-text.ts';

/** Most comments on a page, the newest, and most answers below them all. */
const MOST_COMMENTS = 100;
const MOST_ANSWERS = 400;

/**
 * What guests said through this link, and what members answered them; null where the link takes no comments. Only threads that this link began are read:
 * no other thread about the subject, nor one that another link began.
 */
export async function guestCommentsOf(context: Context, link: ShareLink): Promise<readonly SharedComment[] | null> {
  if (!link.guestsMayComment) return null;
  const threads = await context.reader.thread.findMany({
    where: { createdById: link.id, subjectId: link.subjectId, projectId: link.projectId, comments: { some: { guestName: { not: null }, deletedAt: null } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: MOST_COMMENTS, select: { id: true },
  });
  const rows = await context.reader.comment.findMany({ where: { threadId: { in: threads.map(({ id }) => id) }, deletedAt: null }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: MOST_COMMENTS + MOST_ANSWERS });
  const said = Map.groupBy(rows, ({ threadId }) => threadId);
  return (await Promise.all(threads.toReversed().map(({ id }) => sharedComment(context, said.get(id) ?? [], link.redact)))).filter((each) => each !== null);
}

async function sharedComment(context: Context, [first, ...others]: readonly Prisma.CommentModel[], redact: readonly Redaction[]): Promise<SharedComment | null> {
  if (first === undefined || first.guestName === null) return null;
  const people = !redact.includes('PEOPLE');
  return {
    name: people ? first.guestName : 'A guest', text: first.body, at: first.createdAt.toISOString(),
    answers: await Promise.all(others.map(async ({ authorId, body, createdAt }) => ({
      name: people ? ((await personOf(context, authorId))?.name ?? 'A member') : 'A member', text: answerWords(body, redact), at: createdAt.toISOString(),
    }))),
  };
}

const MENTION = /\[((?:[^\]\\\n]|\\.){1,400})\]\((lemma:[^\s()]{1,1300})\)/g;

/** A member's answer as words: what it mentions is no way to anything, and is not named where the sharer left its kind out. */
export const answerWords = (markdown: string, redact: readonly Redaction[]): string =>
  plainWords(markdown.replaceAll(MENTION, (_, label: string, href: string) => mentionWords(mentionOfHref(href)?.kind ?? '', label, redact)));
