import { guestBody, guestName, guestRefusal, requireGuestRoom } from '../../domain/sharing/guest-comment.ts';
import type { Ports } from '../ports/ports.ts';
import type { ShareLink } from '../ports/share-links.ts';
import { announceThread } from '../threads/announce-thread.ts';
import { openThread } from '../threads/open-thread.ts';
import { tellComment } from '../threads/tell-comment.ts';
import { opens } from './open-share-link.ts';

export interface GuestComment {
  readonly name: string;
  readonly body: string;
  /** Whether the link's password is still missing. */
  readonly locked: boolean;
}

/**
 * A reader outside says something about what a link shows: a thread of its own about the subject, written by the link. The link's row is held, so that a
 * comment and the end of its link are never both true. It mentions nobody; who made the link and who owns the subject hear of it.
 */
export async function leaveGuestComment(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, linkId: string, said: GuestComment): Promise<void> {
  const [name, body] = [guestName(said.name), guestBody(said.body)];
  await ports.store.transaction(async (tx) => {
    const link = await tx.shareLinks.lock(linkId);
    const open = link !== null && (await opens(tx, link, ports.clock.now()));
    const refusal = guestRefusal({ opens: open, locked: said.locked, guestsMayComment: link?.guestsMayComment === true });
    if (refusal) throw refusal;
    const { id, createdById, subjectId } = link as ShareLink;
    requireGuestRoom(await tx.threads.countStartedBy(id));
    const subject = await tx.threads.subject(subjectId);
    if (!subject) throw guestRefusal({ opens: false, locked: false, guestsMayComment: false });
    const { thread, comment } = await openThread(ports, tx, subject, { authorId: id, guestName: name, body, anchor: null, seen: null });
    const hearing = [...new Set([createdById, await tx.threads.ownerOf(subject)])].filter((each) => each !== null);
    await tx.threads.follow(thread.id, hearing.map((personId) => ({ personId, state: 'SUBSCRIBED', reason: 'OWNER' })), comment.createdAt);
    await tellComment(tx, thread, comment, []);
    await announceThread(tx, thread, { actorId: null, verb: 'started-outside', comment });
  });
}
