import type { NatsConnection } from '@nats-io/transport-node';
import { typingNews, typingSubject } from '../../contracts/messages/typing.ts';
import type { TypingFeed, TypingNews } from '../../operations/ports/typing.ts';
import { mailbox } from './mailbox.ts';

/** Keys come faster than anybody looks. */
const TELL_EVERY_MS = 1000;
/** Somebody who reads slowly wants the newest. */
const BACKLOG = 50;
/** Ids that a subject of NATS may hold. */
const ID = /^[A-Za-z0-9_-]{1,100}$/;

/** Typing over core NATS: fast, and allowed to lose messages. */
export function natsTyping(connection: NatsConnection, everyMs: number = TELL_EVERY_MS): TypingFeed {
  const told = new Set<string>();
  return {
    tell(news) {
      if (connection.isClosed() || !ID.test(news.subjectId)) return;
      const key = `${news.threadId} ${news.personId}`;
      if (news.typing && told.has(key)) return;
      if (news.typing) {
        told.add(key);
        setTimeout(() => told.delete(key), everyMs).unref();
      } else told.delete(key);
      connection.publish(typingSubject(news.subjectId), JSON.stringify(news));
    },
    subscribe(subjectId, signal) {
      const box = mailbox<TypingNews>(BACKLOG);
      if (signal.aborted || !ID.test(subjectId)) { box.close(); return box; }
      const subscription = connection.subscribe(typingSubject(subjectId), {
        callback: (problem, message) => {
          if (problem) return;
          try {
            const news = typingNews.safeParse(message.json()).data;
            if (news) box.put(news);
          } catch {
            // What is not a message of ours says nothing to us.
          }
        },
      });
      signal.addEventListener('abort', () => { subscription.unsubscribe(); box.close(); }, { once: true });
      return box;
    },
  };
}
