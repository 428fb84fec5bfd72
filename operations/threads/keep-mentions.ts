import { may } from '../../domain/access/policy.ts';
import { mentionsInMarkdown } from '../../domain/richtext/mentions.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import type { Comment, Thread } from '../ports/threads.ts';

/** Keeps what a comment mentions as links back; answers the people who are mentioned for the first time and may read it. */
export async function keepMentions(tx: Transaction, { thread, project }: { readonly thread: Thread; readonly project: Project }, comment: Pick<Comment, 'id' | 'authorId' | 'body' | 'createdAt'>): Promise<readonly string[]> {
  const source = { kind: 'comment', id: comment.id, subjectId: thread.subjectId, projectId: thread.projectId, authorId: comment.authorId, at: comment.createdAt } as const;
  const added = await tx.mentions.replace(source, mentionsInMarkdown(comment.body));
  const readers: string[] = [];
  for (const { id } of added.filter(({ kind }) => kind === 'person')) {
    const person = await tx.people.get(id);
    if (!person || person.disabledAt) continue;
    if (may({ personId: id, organizationId: person.organizationId, organizationRole: person.organizationRole, roles: await tx.projects.rolesOf(id), signedIn: true }, 'project.read', project)) readers.push(id);
  }
  return readers;
}
