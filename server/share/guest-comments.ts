import type { SharedComment } from '../../contracts/share-page.ts';
import { mentionOfHref } from '../../domain/richtext/mentions.ts';
import { attributeText, type NoteNode } from '../../domain/richtext/note-document.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Redaction, ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { documentFromMarkdown } from '../notes/markdown-document.ts';
import { personOf } from '../schema/loaders.ts';
import { mentionWords, outsideAddress } from './shared-text.ts';

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
      name: people ? ((await personOf(context, authorId))?.name ?? 'A member') : 'A member', text: answerWords(body, { redact, publicUrl: context.env.publicUrl }), at: createdAt.toISOString(),
    }))),
  };
}

const MENTION = /\[((?:[^\]\\\n]|\\.){1,400})\]\((lemma:[^\s()]{1,1300})\)/g;

interface AnswerRules { readonly redact: readonly Redaction[]; readonly publicUrl: string }

/** A member's answer as words, without the signs of Markdown: what it mentions is no way to anything, and is not named where the sharer left its kind out. */
export const answerWords = (markdown: string, { redact, publicUrl }: AnswerRules): string =>
  wordsOf(documentFromMarkdown(markdown.replaceAll(MENTION, (_, label: string, href: string) => mentionWords(mentionOfHref(href)?.kind ?? '', label, redact))), publicUrl).trim();

/** Nodes that stand in one line with each other. */
const LINES: ReadonlySet<string> = new Set(['paragraph', 'heading', 'codeBlock']);
const STAND_FOR: Readonly<Record<string, string>> = { hardBreak: '\n', horizontalRule: '' };

function wordsOf(node: NoteNode, publicUrl: string): string {
  if (node.type === 'text') return `${node.text ?? ''}${addressOf(node, publicUrl)}`;
  const inside = (node.content ?? []).map((child) => wordsOf(child, publicUrl)).join(LINES.has(node.type) ? '' : '\n');
  if (node.type === 'listItem' || node.type === 'taskItem') return `• ${inside}`;
  return STAND_FOR[node.type] ?? (inside || attributeText(node.attrs, 'latex'));
}

/** Where a link leads out, for it is nothing but words here. */
function addressOf({ text, marks }: NoteNode, publicUrl: string): string {
  const href = outsideAddress(marks?.find(({ type }) => type === 'link')?.attrs?.['href'], publicUrl);
  return href === null || href === text ? '' : ` (${href})`;
}
