import type { TypingNews } from '../../contracts/messages/typing.ts';

export type { TypingNews } from '../../contracts/messages/typing.ts';

/** Who writes where, told as it happens and kept nowhere: what is lost is told again with the next keys. */
export interface TypingFeed {
  /** Says the same of the same person at most once a second. */
  tell(news: TypingNews): void;
  /** What is told of a subject from now on. Ends when `signal` aborts. */
  subscribe(subjectId: string, signal: AbortSignal): AsyncIterable<TypingNews>;
}
